"""The documents' fonts, a folder for each version."""
