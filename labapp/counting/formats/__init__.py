"""Reading ballots from files of others, line by line; no clock, no database."""
