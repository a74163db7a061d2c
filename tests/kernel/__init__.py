"""Tests of portal/kernel."""
