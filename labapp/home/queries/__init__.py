"""What the pages of many rooms read."""
