"""Method of equal shares: endowments, what they buy, and how they are raised."""
