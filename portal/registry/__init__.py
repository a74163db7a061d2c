"""The public registry: who is licensed now, for what; reads licences through its own store and never writes."""
