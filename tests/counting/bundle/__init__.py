"""The published bundle of a vote."""
