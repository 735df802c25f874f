"""Tests of what happens in the hall."""
