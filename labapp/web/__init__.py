"""What every page shares: refusals, language, headers, forms, the one commit."""
