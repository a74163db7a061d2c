"""Every query of licence applications; the only user of the feature's tables. Runs inside the caller's transaction."""
