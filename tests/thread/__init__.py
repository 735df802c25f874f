"""The thread: what happened and what is owed, in one line."""
