"""The long part of a count: how often the shares are raised. It is searched for once, and kept.

Nothing is held meanwhile: a search reads, lets the database go, and writes what it found. One that
takes longer than ``PATIENCE`` is left to the clock, and the page of the vote tells how far it is.
"""

import time
from dataclasses import dataclass
from datetime import datetime

from labapp.counting.count import raises
from labapp.counting.election import Election
from labapp.counting.outcome import Amount
from labapp.counting.parameters import Progress
from labapp.db import db
from labapp.polling import queries as polling
from labapp.results import queries as results
from labapp.results.result import build_election, parameters
from labapp.results.service import long_count
from labapp.voting import queries
from labapp.voting.models import Vote

#: Seconds that a person, or the clock's other duties, wait for a count.
PATIENCE = 2.0
#: Seconds between two notes of how far a long search is.
_EVERY = 1.0


class _Ended(Exception):  # noqa: N818  (it is no error: the search ends here)
    """The search is not to go on: it takes too long here, or nobody needs it any more."""


@dataclass(frozen=True, slots=True)
class _Search:
    """What is searched for."""

    vote_id: int
    election: Election
    rule: str
    given: dict[str, str]
    seed: str
    raised: int


def is_countable(vote_id: int, now: datetime, *, seed: str = "") -> bool:
    """Tell whether a closed and shuffled vote can be counted now, searching a moment if need be.

    Args:
        vote_id: the vote.
        now: the instant of the search.
        seed: what the draw gave, where it is not noted with the vote yet.

    Returns:
        False if the search is left to the clock. Commits.
    """
    vote = db.session.get_one(Vote, vote_id)
    seed = seed or vote.seed or ""
    known = results.long_count(vote.id) if vote.raises_shares else None
    if not vote.raises_shares or (known and known.seed == seed):
        is_known = known is None or known.found_at is not None
        db.session.commit()
        return is_known
    asked = _search(vote, seed, 0)
    try:
        raises = _searched(asked, _patient(time.monotonic() + PATIENCE))
    except _Ended:
        long_count.begin(vote_id, seed=seed)
        db.session.commit()
        return False
    long_count.begin(vote_id, seed=seed)
    long_count.note_end(vote_id, seed=seed, raises=raises, now=now)
    db.session.commit()
    return True


def go_on(vote_id: int, now: datetime) -> bool:
    """Search to the end, noting each second how far it is; tell whether it was found. Commits.

    A search that was broken off goes on from where it was.
    """
    vote, known = (
        db.session.get_one(Vote, vote_id),
        results.long_count(vote_id),
    )
    if known is None or known.found_at:
        db.session.commit()
        return False
    asked = _search(vote, known.seed, known.raises)
    try:
        raises = _searched(asked, _telling(asked))
    except _Ended:
        return False
    found = long_count.note_end(vote_id, seed=asked.seed, raises=raises, now=now)
    db.session.commit()
    return found


def _search(vote: Vote, seed: str, raised: int) -> _Search:
    """Read what is searched for, and let the database go."""
    election = build_election(vote, queries.ballots(vote.id), polling.hall(vote.id))
    asked = _Search(
        vote.id, election, vote.method.name, parameters(vote) | {"seed": seed}, seed, raised
    )
    db.session.commit()
    return asked


def _searched(asked: _Search, progress: Progress) -> int:
    return raises(asked.election, asked.rule, asked.given, raised=asked.raised, progress=progress)


def _patient(until: float) -> Progress:
    """Return what ends a search that goes on past an instant of the monotonic clock."""

    def told(_raises: int, _spent: Amount) -> None:
        if time.monotonic() > until:
            raise _Ended

    return told


def _telling(asked: _Search) -> Progress:
    """Return what notes how far a search is, and ends one that nobody needs any more."""
    noted = time.monotonic()

    def told(raises: int, spent: Amount) -> None:
        nonlocal noted
        if time.monotonic() - noted < _EVERY:
            return
        noted = time.monotonic()
        wanted = long_count.note_progress(
            asked.vote_id, seed=asked.seed, raises=raises, spent=int(spent)
        )
        db.session.commit()
        if not wanted:
            raise _Ended

    return told
