"""Single transferable vote: the count, and the method that is asked of it."""
