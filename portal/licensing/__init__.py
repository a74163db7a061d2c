"""Applications for licences: from the first draft to the decision and the certificate."""
