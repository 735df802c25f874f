"""Letters, agreements, steps, evidence and declared progress."""
