"""Schulze's method: the count, and the method that is asked of it."""
