"""Read what happens in the hall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Integer, bindparam, func, select

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.polling.models import HandCount, Reconciliation
from labapp.polling.queries.sql_sums import people_by_hands, spoilt_papers
from labapp.voting.models import Ballot, Turnout, Vote


@dataclass(frozen=True, slots=True)
class Hall:
    """What came of the hall beside the ballots in the box.

    Attributes:
        people: who stood to vote by hands.
        votes: position -> hands raised for it.
        spoilt: paper ballots that nobody can read: they came, and count for nothing.
    """

    people: int = 0
    votes: Mapping[int, int] = field(default_factory=dict)
    spoilt: int = 0


def turnout_by_channel(vote_id: int) -> dict[Channel, int]:
    """Return how many lines of the roll are taken by each way."""
    rows = db.session.execute(
        select(Turnout.channel, func.count())
        .where(Turnout.vote_id == vote_id)
        .group_by(Turnout.channel)
    )
    return {row[0]: row[1] for row in rows}


def hall(vote_id: int) -> Hall:
    """Return what came of the hall beside the ballots in the box."""
    people, spoilt = db.session.execute(
        select(people_by_hands(vote_id).scalar_subquery(), spoilt_papers(vote_id).scalar_subquery())
    ).one()
    return Hall(people, hand_counts(vote_id), spoilt)


def hand_counts(vote_id: int) -> dict[int, int]:
    """Return the hands raised for each option, by its position and in that order."""
    rows = db.session.execute(
        select(HandCount.position, HandCount.votes)
        .where(HandCount.vote_id == vote_id)
        .order_by(HandCount.position)
    )
    return {row[0]: row[1] for row in rows}


def reconciliations(vote_id: int) -> Sequence[Reconciliation]:
    """Return what was reconciled of each way of the hall."""
    return db.session.scalars(
        select(Reconciliation)
        .where(Reconciliation.vote_id == vote_id)
        .order_by(Reconciliation.channel)
    ).all()


def is_reconciled(vote: Vote) -> bool:
    """Tell whether every channel of the hall was reconciled: only then may it be counted."""
    offered = set(vote.hall_channels)
    if not offered:
        return True
    done = db.session.scalars(
        select(Reconciliation.channel).where(Reconciliation.vote_id == vote.id)
    )
    return offered <= set(done)


def received_count(vote: ColumnElement[int]) -> ColumnElement[int]:
    """Return, as SQL, how many ballots of a vote came: box, hands, and papers nobody can read."""
    parts = (
        select(func.count()).select_from(Ballot).where(Ballot.vote_id == vote),
        people_by_hands(vote),
        spoilt_papers(vote),
    )
    ballots, people, spoilt = (part.scalar_subquery() for part in parts)
    return ballots + people + spoilt


_RECEIVED = select(received_count(bindparam("vote", type_=Integer)))


def received_ballots(vote_id: int) -> int:
    """Return how many ballots were received: in the box, by hands, and papers nobody can read."""
    received: int = db.session.execute(_RECEIVED, {"vote": vote_id}).scalar_one()
    return received
