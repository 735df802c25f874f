"""Write how far the search of a long count is."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, update

from labapp.db import db
from labapp.results.models import LongCount
from labapp.voting.models import Vote


def begin(vote_id: int, *, seed: str) -> None:
    """Note that it is searched for how far the shares of a vote are raised. Flushes.

    Args:
        vote_id: a closed vote.
        seed: what the draw gave, or empty; another seed begins another search.
    """
    known = db.session.get(LongCount, vote_id)
    if known is None:
        db.session.add(LongCount(vote_id=vote_id, seed=seed))
    elif known.seed != seed:
        known.seed, known.raises, known.spent, known.found_at = seed, 0, 0, None
    db.session.flush()


def note_progress(vote_id: int, *, seed: str, raises: int, spent: int) -> bool:
    """Note how far a search is; tell whether anybody still needs it. Flushes."""
    return _noted(vote_id, seed, {"raises": raises, "spent": spent})


def note_end(vote_id: int, *, seed: str, raises: int, now: datetime) -> bool:
    """Note the end of a search; tell whether anybody still needs it. Flushes."""
    return _noted(vote_id, seed, {"raises": raises, "found_at": now})


def _noted(vote_id: int, seed: str, values: dict[str, Any]) -> bool:
    annulled = exists().where(Vote.id == vote_id, Vote.annulled_at.is_not(None))
    noted = db.session.connection().execute(
        update(LongCount)
        .where(LongCount.vote_id == vote_id, LongCount.seed == seed, ~annulled)
        .values(values)
    )
    return bool(noted.rowcount)
