"""Meetings: announced, attended, noted, closed with minutes."""
