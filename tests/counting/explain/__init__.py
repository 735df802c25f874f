"""Why each option won or lost."""
