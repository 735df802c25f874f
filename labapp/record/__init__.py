"""The record: append-only, one hash chain a lab and one for the site."""
