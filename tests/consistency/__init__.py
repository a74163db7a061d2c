"""Tests of the consistency checker."""
