"""The vote until its close: its paper, its roll, its ballot box."""
