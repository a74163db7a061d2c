"""The pages of licence applications: the institution's side, the bureau's side, and what both open."""
