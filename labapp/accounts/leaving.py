"""What later rooms do when somebody deletes their account; they say so here."""

from collections.abc import Callable
from datetime import datetime

#: Takes the person's id and the instant; flushes, never commits.
Farewell = Callable[[int, datetime], None]
_FAREWELLS: list[Farewell] = []


def on_leaving(farewell: Farewell) -> Farewell:
    """Have this done whenever somebody leaves; written above a function of a service."""
    _FAREWELLS.append(farewell)
    return farewell


def say(person_id: int, now: datetime) -> None:
    """Do everything that was asked for when somebody leaves."""
    for farewell in _FAREWELLS:
        farewell(person_id, now)
