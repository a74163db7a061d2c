"""Rows and facts as page objects: pure, no page computes anything itself."""
