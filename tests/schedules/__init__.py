"""Tests of portal/schedules."""
