"""The pages of accounts: getting in, one's own account, the administrators' list."""
