"""How a vote ends: the count, its act, its explanation."""
