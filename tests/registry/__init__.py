"""The public registry."""
