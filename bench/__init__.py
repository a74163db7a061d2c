"""What parts of the portal cost, each as a ratio to a floor measured in the same run."""
