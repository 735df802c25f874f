"""Tests of plans and their targets."""
