"""Fields, words and templates."""
