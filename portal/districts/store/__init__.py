"""Every query of districts, schools, calendar, policy values and audit. Inside the caller's transaction; opens none."""
