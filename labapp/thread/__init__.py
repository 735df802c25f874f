"""The thread: every thing, where it came from, who owes what on it."""
