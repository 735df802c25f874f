"""ANTAI's desk and its rounds of review."""
