"""The demo: invented institutions whose cases were made by the real use cases, dated relative to today."""
