"""Advertisements: what is forbidden in them, and their filing before use."""
