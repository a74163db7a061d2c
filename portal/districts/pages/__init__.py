"""Pages of administrators and auditors, and the public pages of the articles."""
