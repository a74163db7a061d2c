"""arq jobs: ids in, one use case each, safe to run any number of times."""
