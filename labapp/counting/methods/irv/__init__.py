"""Instant runoff: the count, and the method that is asked of it."""
