"""The pages of a vote before its close; imported here so that the blueprint holds them all."""

from labapp.voting.views import ballot as _ballot  # noqa: F401
from labapp.voting.views import votes as _votes  # noqa: F401
from labapp.voting.views.blueprint import bp

__all__ = ["bp"]
