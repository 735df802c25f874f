"""The long part of a count: how often the shares are raised. It is searched for once, and kept.

Nothing is held meanwhile: the task reads what is searched for, lets the database go, and writes
what was found. A search that takes longer than ``PATIENCE`` is left to the clock, and the page of
the vote tells how far it is.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from labapp.domain.counting import rules
from labapp.domain.formats.election import Election
from labapp.domain.tally.ballots import Amount
from labapp.domain.tally.completion import Progress
from labapp.voting import queries
from labapp.voting.hall import queries as hall
from labapp.voting.models import Consultation
from labapp.voting.result import election, parameters

#: Seconds that a person, or the clock's other duties, wait for a count.
PATIENCE = 2.0
#: Seconds between two notes of how far a long search is.
_EVERY = 1.0


class Ended(Exception):  # noqa: N818  (it is no error: the search ends here)
    """The search is not to go on: it takes too long here, or nobody needs it any more."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for, read beforehand: the database is let go meanwhile."""

    consultation_id: int
    urn: Election
    given: dict[str, str]
    seed: str
    raised: int


def begin(vote: Consultation, *, seed: str, raised: int = 0) -> Search:
    """Read what is searched for, from the raises that an earlier search came to."""
    urn = election(vote, queries.ballots(vote.id), hall.of(vote.id))
    return Search(vote.id, urn, parameters(vote) | {"seed": seed}, seed, raised)


def raises(search: Search, progress: Progress) -> int:
    """Search until it is found, or until ``progress`` raises Ended."""
    return rules.raises(search.urn, search.given, raised=search.raised, progress=progress)


def patient() -> Progress:
    """Return what ends a search that goes on past ``PATIENCE``."""
    until = time.monotonic() + PATIENCE

    def told(_raises: int, _spent: Amount) -> None:
        if time.monotonic() > until:
            raise Ended

    return told


def telling(note: Callable[[int, int], bool]) -> Progress:
    """Return what notes how far a search is, and ends one that nobody needs any more.

    Args:
        note: takes the raises and what is spent; tells whether anybody still needs the search.
    """
    noted = time.monotonic()

    def told(raises: int, spent: Amount) -> None:
        nonlocal noted
        if time.monotonic() - noted < _EVERY:
            return
        noted = time.monotonic()
        if not note(raises, int(spent)):
            raise Ended

    return told
