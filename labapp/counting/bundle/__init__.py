"""The published bundle of a vote: one zip from which anybody can count it again."""
