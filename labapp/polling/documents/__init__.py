"""The papers of the hall."""
