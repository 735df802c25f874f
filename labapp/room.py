"""What a room brings to the house: the shape of the ``room.py`` that each of them has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint

#: Receives the instant; safe to repeat, and commits for itself.
Task = Callable[[datetime], object]
#: Gives one sentence for each counter or copy that no longer says what the rows say.
Drift = Callable[[], Iterator[str]]
#: Receives the number of a person who deletes their account, and the instant; flushes only.
Farewell = Callable[[int, datetime], None]
#: Receives the number of a vote whose hall is reconciled, and the instant; after the commit, and
#: commits for itself.
Reconciled = Callable[[int, datetime], None]


@dataclass(frozen=True, slots=True)
class Room:
    """What a room brings; what it does not name, it does not have.

    Attributes:
        blueprints: its pages.
        every_minute: what the clock does every minute, in this order.
        long: what the clock does too and may take minutes.
        drifts: compare its counters with the rows that they stand for.
        on_leaving: what is done when somebody deletes their account.
        on_reconciled: what is done when nothing of the hall of a vote is lacking.
    """

    blueprints: tuple[Blueprint, ...] = ()
    every_minute: tuple[Task, ...] = ()
    long: tuple[Task, ...] = ()
    drifts: tuple[Drift, ...] = ()
    on_leaving: tuple[Farewell, ...] = ()
    on_reconciled: tuple[Reconciled, ...] = ()
