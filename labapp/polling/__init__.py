"""The hall: its desk, cards, papers, shows of hands, and how they are reconciled."""
