"""Whole jobs in a real browser, as the people do them."""
