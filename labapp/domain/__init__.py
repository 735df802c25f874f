"""Pure rules: stages, permissions, tally, clocks. Standard library only."""
