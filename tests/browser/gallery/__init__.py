"""Pictures of every page of the demonstration, to be opened as a new user would."""
