"""Reasoned responses to anything on the thread."""
