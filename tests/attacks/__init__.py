"""What strangers, careless people and attackers tried on the running portal: each thing that worked once, pinned."""
