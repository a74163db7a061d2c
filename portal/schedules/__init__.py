"""Class schedules: what an institution may teach when, where and by whom (Plan 9)."""
