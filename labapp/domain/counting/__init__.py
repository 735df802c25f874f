"""Counting a file by a named rule, as anybody with the file can."""
