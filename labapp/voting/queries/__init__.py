"""Read votes, who may vote, and the ballot box."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.kinds import Kind
from labapp.domain.policy import Relation
from labapp.domain.stage import OPEN, Stage
from labapp.labs.models import Lab
from labapp.thread import queries as thread
from labapp.thread.models import Thing
from labapp.voting.models import Ballot, Receipt, RollLine, Subject, Turnout, Vote


@dataclass(frozen=True, slots=True)
class VoteForPerson:
    """A vote as one person stands before it.

    Attributes:
        on_roll: whether the person may vote.
        taken: by which way the person's line of the roll is taken; None if it is not.
    """

    vote: Vote
    on_roll: bool
    taken: Channel | None

    @property
    def relations(self) -> frozenset[Relation]:
        """What the person is to the vote."""
        return frozenset({Relation.ON_ROLL} if self.on_roll else ())


#: Written once, because whoever votes waits for it.
_STANDING = (
    select(
        Vote,
        exists().where(RollLine.vote_id == Vote.id, RollLine.person_id == bindparam("person")),
        select(Turnout.channel)
        .where(Turnout.vote_id == Vote.id, Turnout.person_id == bindparam("person"))
        .scalar_subquery(),
    )
    .join(Thing, Thing.id == Vote.id)
    .where(
        Thing.lab_id == bindparam("lab"),
        Thing.kind == Kind.VOTE,
        Thing.number == bindparam("number"),
    )
)


def by_number(lab_id: int, number: int) -> Vote | None:
    """Return the vote of this number with its thing, or None."""
    return db.session.scalar(
        select(Vote)
        .join(Vote.thing)
        .options(joinedload(Vote.thing, innerjoin=True))
        .where(thread.stands_at(lab_id, Kind.VOTE, number))
    )


def lab_of(vote: Vote) -> Lab:
    """Return the lab of a vote."""
    return db.session.get_one(Lab, vote.thing.lab_id)


def lock_vote(vote_id: int) -> Vote:
    """Return a vote as it stands now, held so that nobody votes or closes meanwhile."""
    return db.session.scalars(
        select(Vote)
        .where(Vote.id == vote_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def standing(lab_id: int, number: int, person_id: int | None) -> VoteForPerson | None:
    """Return how a person stands before a vote, in one statement; None if there is no such vote."""
    values = {"lab": lab_id, "number": number, "person": person_id}
    row = db.session.execute(_STANDING, values).first()
    return VoteForPerson(*row) if row else None


def ballots(vote_id: int) -> dict[str, int]:
    """Return a ballot as stored -> how many in the ballot box hold exactly this."""
    rows = db.session.execute(
        select(Ballot.marks, func.count()).where(Ballot.vote_id == vote_id).group_by(Ballot.marks)
    )
    return {row[0]: row[1] for row in rows}


def receipts(vote_id: int) -> Sequence[str]:
    """Return the codes kept, in the order of the alphabet."""
    return db.session.scalars(
        select(Receipt.code).where(Receipt.vote_id == vote_id).order_by(Receipt.code)
    ).all()


def to_open(now: datetime) -> Sequence[Vote]:
    """Return the votes whose hour to open has come and whose lab stands where they may."""
    return db.session.scalars(
        select(Vote)
        .join(Vote.thing)
        .join(Lab, Lab.id == Thing.lab_id)
        .where(
            Vote.opened_at.is_(None),
            Vote.annulled_at.is_(None),
            Vote.opens_at <= now,
            Vote.closes_at > now,
            Lab.stage.in_(OPEN),
            or_(Vote.subject != Subject.PROPOSALS, Lab.stage == Stage.PRIORITIZATION),
        )
        .order_by(Vote.id)
    ).all()


def facts(lab_id: int) -> tuple[int, int]:
    """Return how many votes of a lab are open, and how many on proposals are published."""
    row = db.session.execute(
        select(
            func.count().filter(Vote.opened_at.is_not(None), Vote.closed_at.is_(None)),
            func.count().filter(
                Vote.subject == Subject.PROPOSALS,
                Vote.published_at.is_not(None),
                Vote.annulled_at.is_(None),
            ),
        )
        .join(Thing, Thing.id == Vote.id)
        .where(Thing.lab_id == lab_id)
    ).one()
    return row[0], row[1]
