"""The tally: the act of the count, its PDF, its bundle, and the pages that check them."""
