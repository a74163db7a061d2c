"""What every feature shares and what does I/O: database, sessions, files, pages."""
