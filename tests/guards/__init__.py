"""Tests that watch over the house: files, commands, rules of the code itself."""
