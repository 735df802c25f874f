"""Tests of labs and who takes part in them."""
