"""Who may be hired as a teacher."""
