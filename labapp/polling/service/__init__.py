"""Write what happens in the hall."""
