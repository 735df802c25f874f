"""Counting by a named rule."""
