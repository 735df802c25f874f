"""Tests of people and how they sign in."""
