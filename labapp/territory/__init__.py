"""The places of Panama."""
