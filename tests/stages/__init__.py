"""Tests of the stages of a lab."""
