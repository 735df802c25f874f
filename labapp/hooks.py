"""What later rooms do, or keep, that an earlier one asks for; each names it in its ``room.py``.

The list of rooms installs it when the application is built; whoever asks for it knows no room.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Generic, ParamSpec, TypeVar

from labapp.domain.policy import Act
from labapp.domain.roles import RoleGrant

P = ParamSpec("P")
T = TypeVar("T")


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


class Register(Generic[T]):
    """What the rooms keep of one sort, in their order."""

    def __init__(self) -> None:
        self._kept: list[T] = []

    def install(self, kept: Iterable[T]) -> None:
        """Have these, in this order and no others."""
        self._kept[:] = kept

    def __iter__(self) -> Iterator[T]:
        return iter(self._kept)


#: With every act, once its entry is left: who acted, as ``record.acting`` has it, and what.
on_act: Hooks[[Any, Act]] = Hooks()
#: When somebody deletes their account: which person, and the instant.
on_leaving: Hooks[[int, datetime]] = Hooks()
#: Once somebody is given a role, on the site or in a lab: what was given, and the instant. Whoever
#: may not let it happen raises a refusal.
on_grant: Hooks[[RoleGrant, datetime]] = Hooks()
#: Before an act that only somebody apart from the lab does: who acts, as ``record.acting`` has it.
#: Whoever knows that they are not apart raises a refusal.
before_judging: Hooks[[Any]] = Hooks()
#: Once nothing of the hall of a vote is lacking: which vote, and the instant.
on_reconciled: Hooks[[int, datetime]] = Hooks()
#: When texts or files of a thing were taken away or put back: which thing, and the instant.
on_rewritten: Hooks[[int, datetime]] = Hooks()
#: When ANTAI rules that something must be published after all: who acts, and which thing.
on_publication_won: Hooks[[Any, int]] = Hooks()
#: Where each kind of thing is kept (``room.Original``).
originals: Register[Any] = Register()
#: Where the texts that people sent are kept (``room.PublicTexts``).
public_texts: Register[Any] = Register()
#: Which organizations owe a lab something: each room says it of what it keeps.
debtors: Register[Callable[[int], frozenset[int]]] = Register()
#: What waits for ANTAI beside what its desk knows (``room.DeskPart``).
desk_parts: Register[Any] = Register()
#: Who watches an agreement besides those who carry it out, and so sees what is reserved of it:
#: each receives an agreement and a person, and says yes or no as they stand now.
watchers: Register[Callable[[int, int], bool]] = Register()
#: Before two lines of a lab's list of people are joined: which lab, the numbers of each, and the
#: instant. Whoever may not let it happen raises a refusal.
before_join: Hooks[[int, frozenset[int], frozenset[int], datetime]] = Hooks()
#: Before a join is undone: which lab, all its numbers, when they were joined, and the instant.
before_part: Hooks[[int, frozenset[int], datetime, datetime]] = Hooks()
#: Before somebody is taken off a list of members: which lab, and the instant. Whoever may not let
#: it happen now raises a refusal.
before_dismissal: Hooks[[int, datetime]] = Hooks()
#: Once two lines were joined, or parted again: all their numbers, and the instant.
on_join: Hooks[[frozenset[int], datetime]] = Hooks()
