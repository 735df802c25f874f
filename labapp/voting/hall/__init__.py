"""The hall: cards, paper, a show of hands, and the reconciliation of each."""
