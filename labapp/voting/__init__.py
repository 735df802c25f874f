"""Votes until their close: what is asked, who may vote, the ballot by account."""
