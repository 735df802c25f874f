"""How a vote ends: closed, shuffled, counted, published; and why each option won or lost."""
