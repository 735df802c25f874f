"""Public works, their committees, visits and findings."""
