"""Counting ballots. Integers in, integers out; no clock, no chance, no database."""
