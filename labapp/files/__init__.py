"""Stored files and their public copies; the owning room serves them through its own gate."""
