"""Licensing and registry of off-campus training institutions."""
