"""Teachers of training institutions: who may be hired, and who may not (重庆市减负实施方案 8)."""
