"""Limits, deadlines, citations and word lists as dated data, read from TOML once."""
