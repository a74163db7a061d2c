"""The commands of `python -m portal`: each calls one use case or one rule set, prints, exits."""
