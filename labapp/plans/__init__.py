"""Action plans and their targets."""
