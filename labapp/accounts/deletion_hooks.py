"""What later rooms do when somebody deletes their account; each names it in its ``room.py``."""

from collections.abc import Iterable
from datetime import datetime

from labapp.room import Farewell

_FAREWELLS: list[Farewell] = []


def install(farewells: Iterable[Farewell]) -> None:
    """Have these done, in this order and no others, whenever somebody leaves."""
    _FAREWELLS[:] = farewells


def call_hooks(person_id: int, now: datetime) -> None:
    """Do everything that was asked for when somebody leaves."""
    for farewell in _FAREWELLS:
        farewell(person_id, now)
