"""What the house promises, shown."""
