"""Takes a community problem to a checked result. Empty: the domain must not import Flask."""
