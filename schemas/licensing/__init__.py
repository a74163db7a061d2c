"""What comes in for licence applications: the applicant's sections, and the orders of clerks and reviewers."""
