"""Licensed training institutions: their licences, with every change by date."""
