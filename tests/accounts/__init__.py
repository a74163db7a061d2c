"""Accounts: rules, limits, log-in, registration, administration."""
