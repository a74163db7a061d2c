"""Tables that people hand in, as CSV or XLSX: read row by row, in little memory, nothing silently repaired."""
