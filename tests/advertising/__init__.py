"""Tests of the advertisement check."""
