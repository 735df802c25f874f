"""What later rooms do when something happens in an earlier one; each names it in its ``room.py``.

The list of rooms installs them when the application is built; whoever must call them knows no room.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Generic, ParamSpec

from labapp.domain.policy import Act

P = ParamSpec("P")


class Hooks(Generic[P]):
    """What is done at one moment, by whichever rooms asked for it."""

    def __init__(self) -> None:
        self._hooks: list[Callable[P, object]] = []

    def install(self, hooks: Iterable[Callable[P, object]]) -> None:
        """Have these called, in this order and no others."""
        self._hooks[:] = hooks

    def call(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call each of them with what happened."""
        for hook in self._hooks:
            hook(*args, **kwargs)


#: With every act, once its entry is left: who acted, as ``record.acting`` has it, and what.
on_act: Hooks[[Any, Act]] = Hooks()
#: When somebody deletes their account: which person, and the instant.
on_leaving: Hooks[[int, datetime]] = Hooks()
#: Once nothing of the hall of a vote is lacking: which vote, and the instant.
on_reconciled: Hooks[[int, datetime]] = Hooks()
#: Before two lines of a lab's list of people are joined: which lab, the numbers of each, and the
#: instant. Whoever may not let it happen raises a refusal.
before_join: Hooks[[int, frozenset[int], frozenset[int], datetime]] = Hooks()
#: Before a join is undone: which lab, all its numbers, when they were joined, and the instant.
before_part: Hooks[[int, frozenset[int], datetime, datetime]] = Hooks()
#: Once two lines were joined, or parted again: all their numbers, and the instant.
on_join: Hooks[[frozenset[int], datetime]] = Hooks()
