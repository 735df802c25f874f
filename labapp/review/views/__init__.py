"""Pages of reviews, and ANTAI's desk."""

from labapp.review.views import desk, rounds
from labapp.review.views.blueprint import bp

__all__ = ["bp", "desk", "rounds"]
