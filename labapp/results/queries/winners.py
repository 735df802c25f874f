"""Who was chosen by the votes on candidates: names, as they were written on the paper."""

from collections.abc import Sequence

from sqlalchemy import select

from labapp.db import db
from labapp.results import queries as results
from labapp.thread.models import Thing
from labapp.voting import queries
from labapp.voting.models import Subject, Vote

#: Votes that are offered; older ones seat nobody any more.
_RECENT = 3


def numbers(lab_id: int) -> Sequence[int]:
    """Return the numbers of the last published votes on candidates of a lab, newest first."""
    rows = db.session.scalars(
        select(Thing.number)
        .join(Vote, Vote.id == Thing.id)
        .where(
            Thing.lab_id == lab_id,
            Vote.subject == Subject.CANDIDATES,
            Vote.published_at.is_not(None),
            Vote.annulled_at.is_(None),
        )
        .order_by(Thing.number.desc())
        .limit(_RECENT)
    )
    return [number for number in rows if number is not None]


def names(lab_id: int, number: int) -> tuple[str, ...]:
    """Return who was chosen by a vote on candidates, in order; nobody if it is no such vote."""
    if number not in numbers(lab_id):
        return ()
    vote = queries.by_number(lab_id, number)
    return tuple(option.label for option in results.result(vote).chosen) if vote else ()
