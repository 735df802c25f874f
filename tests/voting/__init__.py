"""The vote: its paper, its ballot box, its count."""
