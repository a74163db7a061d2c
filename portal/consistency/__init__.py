"""Does what the tables, the files and the audit log say fit together. Reads only, and trusts no feature's own queries."""
