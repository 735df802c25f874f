"""The pages of a vote and of its result; imported here so that the blueprint holds them all."""

from labapp.results.views import acts, annulment, closing, votes
from labapp.results.views.blueprint import bp

__all__ = ["acts", "annulment", "bp", "closing", "votes"]
