"""Pure rules: stages, acts and who may do them, clocks, kinds of things. Standard library only."""
