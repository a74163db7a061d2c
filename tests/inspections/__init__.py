"""The draw that anyone can recompute."""
