"""Works, committees, visits and findings."""
