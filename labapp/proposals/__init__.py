"""Proposals: versions, technical opinion, admission to the vote."""
