"""Read consultations, who may vote, and the urn."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from labapp.db import db
from labapp.domain.acts import Act
from labapp.domain.channel import Channel
from labapp.domain.stage import OPEN, Stage
from labapp.domain.things import Kind
from labapp.labs.models import Lab
from labapp.record.models import Entry
from labapp.thread.models import Thing
from labapp.voting.hall import queries as hall
from labapp.voting.hall.models import Batch, Hands
from labapp.voting.models import (
    Ballot,
    Consultation,
    Counting,
    Receipt,
    RollLine,
    Subject,
    Turnout,
)
from labapp.voting.result import Result, count


@dataclass(frozen=True, slots=True)
class Standing:
    """A consultation as one person stands before it.

    Attributes:
        on_roll: whether the person may vote.
        taken: by which way the person's line of the roll is taken; None if it is not.
    """

    consultation: Consultation
    on_roll: bool
    taken: Channel | None


#: Written once, because whoever votes waits for it.
_STANDING = (
    select(
        Consultation,
        exists().where(
            RollLine.consultation_id == Consultation.id, RollLine.person_id == bindparam("person")
        ),
        select(Turnout.channel)
        .where(Turnout.consultation_id == Consultation.id, Turnout.person_id == bindparam("person"))
        .scalar_subquery(),
    )
    .join(Thing, Thing.id == Consultation.id)
    .where(
        Thing.lab_id == bindparam("lab"),
        Thing.kind == Kind.CONSULTATION,
        Thing.number == bindparam("number"),
    )
)


def _received(vote: ColumnElement[int]) -> ColumnElement[int]:
    """Return, as SQL, how many ballots of a vote came: urn, hands, and papers nobody can read."""
    parts = (
        select(func.count()).select_from(Ballot).where(Ballot.consultation_id == vote),
        select(func.coalesce(func.sum(Hands.people), 0)).where(Hands.consultation_id == vote),
        select(func.coalesce(func.sum(Batch.spoilt), 0)).where(Batch.consultation_id == vote),
    )
    ballots, people, spoilt = (part.scalar_subquery() for part in parts)
    return ballots + people + spoilt


_RECEIVED = select(_received(bindparam("vote", type_=Integer)))


def in_lab(
    lab_id: int, *, person_id: int | None = None, after: int | None = None, limit: int = 25
) -> Sequence[Row[Consultation, int, bool]]:
    """Return the votes of a lab, newest first, before number ``after``.

    Each comes with its turnout, and with whether this person is on its roll and has not voted.
    """
    person = bindparam("person", person_id, type_=Integer)
    waits = and_(
        exists().where(RollLine.consultation_id == Consultation.id, RollLine.person_id == person),
        ~exists().where(Turnout.consultation_id == Consultation.id, Turnout.person_id == person),
    )
    query = (
        select(Consultation, _received(Consultation.__table__.c.id), waits)
        .join(Consultation.thing)
        .options(joinedload(Consultation.thing))
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.CONSULTATION)
    )
    if after is not None:
        query = query.where(Thing.number < after)
    return db.session.execute(query.order_by(Thing.number.desc()).limit(limit)).all()


def by_number(lab_id: int, number: int) -> Consultation | None:
    """Return the vote of this number with its thing, or None."""
    return db.session.scalar(
        select(Consultation)
        .join(Consultation.thing)
        .options(joinedload(Consultation.thing, innerjoin=True))
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.CONSULTATION, Thing.number == number)
    )


def locked(consultation_id: int) -> Consultation:
    """Return a vote as it stands now, held so that nobody votes or closes meanwhile."""
    return db.session.scalars(
        select(Consultation)
        .where(Consultation.id == consultation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def standing(lab_id: int, number: int, person_id: int | None) -> Standing | None:
    """Return how a person stands before a vote, in one statement; None if there is no such vote."""
    values = {"lab": lab_id, "number": number, "person": person_id}
    row = db.session.execute(_STANDING, values).first()
    return Standing(*row) if row else None


def turnout(consultation_id: int) -> int:
    """Return how many ballots were received: in the urn, by hands, and papers nobody can read."""
    received: int = db.session.execute(_RECEIVED, {"vote": consultation_id}).scalar_one()
    return received


def ballots(consultation_id: int) -> dict[str, int]:
    """Return a ballot as stored -> how many in the urn hold exactly this."""
    rows = db.session.execute(
        select(Ballot.marks, func.count())
        .where(Ballot.consultation_id == consultation_id)
        .group_by(Ballot.marks)
    )
    return {row[0]: row[1] for row in rows}


def result(consultation: Consultation) -> Result:
    """Count the ballots now. Nothing is kept: the same ballots always give the same result."""
    found = ballots(consultation.id)
    return count(consultation, found, hall.of(consultation.id), raised=raised(consultation))


def raised(consultation: Consultation) -> int:
    """Return how often the shares of a vote are known to be raised; 0 where nobody searched."""
    if not consultation.raises_shares:
        return 0
    known = counting(consultation.id)
    return known.raises if known and known.seed == (consultation.seed or "") else 0


def counting(consultation_id: int) -> Counting | None:
    """Return how far the count of a vote is, or was when it was found."""
    return db.session.get(Counting, consultation_id)


def searched() -> Sequence[int]:
    """Return the votes whose count is being searched for."""
    return db.session.scalars(
        select(Counting.consultation_id)
        .join(Consultation, Consultation.id == Counting.consultation_id)
        .where(Counting.found_at.is_(None), Consultation.annulled_at.is_(None))
        .order_by(Counting.consultation_id)
    ).all()


def recorded(consultation_id: int) -> dict[str, Any]:
    """Return what the record kept of the count when it was published; empty if it was not."""
    text = db.session.scalar(
        select(Entry.after)
        .where(Entry.thing_id == consultation_id, Entry.act == Act.VOTE_PUBLISH)
        .order_by(Entry.id.desc())
        .limit(1)
    )
    kept: dict[str, Any] = json.loads(text) if text else {}
    return kept


def receipts(consultation_id: int) -> Sequence[str]:
    """Return the codes kept, in the order of the alphabet."""
    return db.session.scalars(
        select(Receipt.code)
        .where(Receipt.consultation_id == consultation_id)
        .order_by(Receipt.code)
    ).all()


def to_open(now: datetime) -> Sequence[Consultation]:
    """Return the votes whose hour to open has come and whose lab stands where they may."""
    return db.session.scalars(
        select(Consultation)
        .join(Consultation.thing)
        .join(Lab, Lab.id == Thing.lab_id)
        .where(
            Consultation.opened_at.is_(None),
            Consultation.annulled_at.is_(None),
            Consultation.opens_at <= now,
            Consultation.closes_at > now,
            Lab.stage.in_(OPEN),
            or_(Consultation.subject != Subject.PROPOSALS, Lab.stage == Stage.PRIORITIZATION),
        )
        .order_by(Consultation.id)
    ).all()


def to_close(now: datetime) -> Sequence[Consultation]:
    """Return the open votes whose hour to close has come."""
    return db.session.scalars(
        select(Consultation)
        .where(
            Consultation.opened_at.is_not(None),
            Consultation.closed_at.is_(None),
            Consultation.closes_at <= now,
        )
        .order_by(Consultation.id)
    ).all()


def to_finish() -> Sequence[int]:
    """Return the closed votes not shuffled yet, or not counted though nothing is lacking."""
    return db.session.scalars(
        select(Consultation.id)
        .where(
            Consultation.closed_at.is_not(None),
            or_(
                Consultation.shuffled_at.is_(None),
                (Consultation.published_at.is_(None)) & (Consultation.annulled_at.is_(None)),
            ),
        )
        .order_by(Consultation.id)
    ).all()


def facts(lab_id: int) -> tuple[int, int]:
    """Return how many votes of a lab are open, and how many on proposals are published."""
    row = db.session.execute(
        select(
            func.count().filter(
                Consultation.opened_at.is_not(None), Consultation.closed_at.is_(None)
            ),
            func.count().filter(
                Consultation.subject == Subject.PROPOSALS,
                Consultation.published_at.is_not(None),
                Consultation.annulled_at.is_(None),
            ),
        )
        .join(Thing, Thing.id == Consultation.id)
        .where(Thing.lab_id == lab_id)
    ).one()
    return row[0], row[1]
