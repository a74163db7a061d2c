"""Spot checks: the draw that anyone can recompute, and the visits that follow it."""
