"""Tests of the room of sessions."""
