"""The learned reader: says of each stretch how much it reads like each forbidden kind, whatever words it uses."""
