"""Votes, ballots and results."""
