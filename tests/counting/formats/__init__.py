"""Files of ballots, good and bad."""
