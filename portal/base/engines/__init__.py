"""PostgreSQL and Valkey as child processes, so that the portal runs on a bare machine; production names real ones."""
