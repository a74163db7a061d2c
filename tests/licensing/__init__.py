"""Applications for licences."""
