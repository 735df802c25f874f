"""Benches: scripts that measure, not tests. ``python -m tests.bench --help``."""
