"""Counting ballots: methods, formats, the public lot, and bundles that anybody can check."""
