"""Letters and certificates: rendered, signed, stored, checked."""
