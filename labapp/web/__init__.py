"""What every page shares: forms, words, refusals, headers and the one commit."""
