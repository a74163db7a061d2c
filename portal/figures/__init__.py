"""What the public sees of the whole: every rule that is checked, with its article."""
