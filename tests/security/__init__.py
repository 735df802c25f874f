"""Tests that attack the whole house."""
