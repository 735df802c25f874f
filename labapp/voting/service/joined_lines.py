"""Refuse what a join of two lines of a list of people would give or take of a vote."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local
from labapp.labs import queries as labs
from labapp.labs.queries import joins
from labapp.thread.models import Thing
from labapp.voting.models import RollLine, Vote


def require_no_vote_taken(
    lab_id: int, one: frozenset[int], two: frozenset[int], now: datetime
) -> None:
    """Refuse to join two who both stand on the roll of an open vote, or soon may.

    Whoever stands on it by one number alone votes by that number and by no other. In the day
    before a roll is made nobody's membership is joined: whoever is wronged has that day to say so.

    Raises:
        Conflict: it would take a vote.
    """
    if coming := _opens_within_a_day(lab_id, one | two, now):
        raise Conflict(
            mark(
                "Vote %(number)s opens on %(day)s at %(hour)s: in the day before, no line of a "
                "member is joined, because the day to undo it must end before the opening."
            ),
            number=str(coming.thing.number),
            day=local(coming.opens_at).strftime("%d/%m/%Y"),
            hour=local(coming.opens_at).strftime("%H:%M"),
        )
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


def _opens_within_a_day(lab_id: int, numbers: frozenset[int], now: datetime) -> Vote | None:
    """Return the first announced vote on whose roll one of these may stand before a day is over."""
    coming = db.session.scalar(
        select(Vote)
        .join(Vote.thing)
        .options(contains_eager(Vote.thing))
        .where(
            Thing.lab_id == lab_id,
            Vote.opened_at.is_(None),
            Vote.annulled_at.is_(None),
            Vote.opens_at < now + joins.DAY,
        )
        .order_by(Vote.opens_at, Vote.id)
        .limit(1)
    )
    members = labs.members_among(lab_id, numbers) if coming else frozenset()
    return coming if members else None


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
