"""The pages of a vote and of its result; imported here so that the blueprint holds them all."""

from labapp.results.views import acts as _acts  # noqa: F401
from labapp.results.views import closing as _closing  # noqa: F401
from labapp.results.views import votes as _votes  # noqa: F401
from labapp.results.views.blueprint import bp

__all__ = ["bp"]
