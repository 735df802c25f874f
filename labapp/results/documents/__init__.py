"""What the act of a count and its explanation say."""
