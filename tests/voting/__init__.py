"""The vote: its paper, its urn, its count."""
