"""Pages by which a lab is drafted and kept, and its people admitted."""

from labapp.labs.views import (
    allies,
    dismissals,
    drafting,
    interests,
    joining,
    people,
    register,
    same,
)
from labapp.labs.views.blueprint import bp

__all__ = [
    "allies",
    "bp",
    "dismissals",
    "drafting",
    "interests",
    "joining",
    "people",
    "register",
    "same",
]
