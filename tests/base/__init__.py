"""Tests of portal/base."""
