"""What the papers and pages of a vote say of its rules."""
