"""Licences and what they are found by."""
