"""Read which open votes a join of two lines of a list of people would give or take a vote of."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.thread.models import Thing
from labapp.voting.models import RollLine, Vote


def require_no_vote_taken(
    lab_id: int, one: frozenset[int], two: frozenset[int], now: datetime
) -> None:
    """Refuse to join two who both stand on the roll of an open vote.

    Whoever stands on it by one number alone votes by that number and by no other.

    Raises:
        Conflict: it would take a vote.
    """
    for vote in _open_votes(lab_id, one, now):
        if _is_on(vote, two):
            raise Conflict(
                mark(
                    "Both are on the list of vote %(number)s, which is open: joining them now "
                    "would take a vote. Join them once it has ended."
                ),
                number=str(vote.thing.number),
            )


def require_no_vote_parted(
    lab_id: int, numbers: frozenset[int], joined_at: datetime, now: datetime
) -> None:
    """Refuse to part two whom the roll of an open vote took for one.

    Raises:
        Conflict: one of the two would be left without a vote.
    """
    for vote in _open_votes(lab_id, numbers, now):
        if vote.opened_at is not None and vote.opened_at >= joined_at:
            raise Conflict(
                mark(
                    "The list of vote %(number)s, which is open, was made with these two as one: "
                    "parting them now would leave one without a vote. Part them once it has ended."
                ),
                number=str(vote.thing.number),
            )


def _open_votes(lab_id: int, numbers: Collection[int], now: datetime) -> list[Vote]:
    """Return the votes that are open and have one of these on their roll, oldest first."""
    rows = db.session.scalars(
        select(Vote)
        .join(Vote.thing)
        .options(contains_eager(Vote.thing))
        .where(
            Thing.lab_id == lab_id,
            Vote.opened_at.is_not(None),
            Vote.closed_at.is_(None),
            Vote.annulled_at.is_(None),
            Vote.closes_at > now,
            exists().where(RollLine.vote_id == Vote.id, RollLine.person_id.in_(numbers)),
        )
        .order_by(Vote.id)
    )
    return list(rows)


def _is_on(vote: Vote, numbers: Collection[int]) -> bool:
    on = exists().where(RollLine.vote_id == vote.id, RollLine.person_id.in_(numbers))
    return db.session.scalars(select(on)).one()
