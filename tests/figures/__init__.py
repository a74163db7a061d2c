"""Tests of the pages about the whole."""
