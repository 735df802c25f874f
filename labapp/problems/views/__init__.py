"""The pages of problems: for everybody, for whoever reviews them, and behind a code."""
