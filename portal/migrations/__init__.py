"""Schema migrations, one package a feature, reviewed as SQL."""
