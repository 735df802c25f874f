"""Letters, agreements, steps, what is declared and what is seen."""
