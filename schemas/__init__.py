"""What comes in by form, JSON, file or command line: pydantic models, one module a feature."""
