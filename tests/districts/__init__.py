"""Tests of districts, schools, calendar, policy values, articles and audit."""
