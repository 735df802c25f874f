"""Consultations, ballots and results."""
