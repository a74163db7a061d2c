"""The pages of licence applications."""
