"""Tests of the room of proposals."""
