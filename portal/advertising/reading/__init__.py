"""Reads an advertisement through its disguises, and remembers where every character stands in the text as sent."""
