"""Trains the learned reader of the advertisement check: `make train` (see README.md)."""
