"""The pages of a vote before its close; imported here so that the blueprint holds them all."""

from labapp.voting.views import ballot, votes
from labapp.voting.views.blueprint import bp

__all__ = ["ballot", "bp", "votes"]
