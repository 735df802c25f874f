"""The pages of a vote before its close; imported here so that the blueprint holds them all."""

from labapp.voting.views import ballot, objections, votes
from labapp.voting.views.blueprint import bp

__all__ = ["ballot", "bp", "objections", "votes"]
