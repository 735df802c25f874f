"""Read what the page of one lab shows: how much of each thing, what is late, what happened."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select

from labapp.db import db
from labapp.domain.acts import IN_THREAD, Act
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.record.models import Entry
from labapp.thread import queries as thread
from labapp.thread.models import Duty, Thing
from labapp.thread.queries import duties

#: Of so many entries the newest are shown, by when they happened.
_RECENT = 60


@dataclass(frozen=True, slots=True)
class Late:
    """Something owed and late. ``thing`` is None where the public may not see what it is."""

    what: DutyKind
    owed_by: str
    due_on: date
    thing: Thing | None


def counts(lab_id: int) -> dict[Kind, int]:
    """Return how many published things of each kind the lab has. One statement."""
    rows = db.session.execute(
        select(Thing.kind, func.count())
        .where(Thing.lab_id == lab_id, thread.has_place())
        .group_by(Thing.kind)
    )
    return {row[0]: row[1] for row in rows}


def late(lab_id: int, *, today: date, limit: int = 10) -> list[Late]:
    """Return what is owed and late, the oldest first. One statement."""
    rows = db.session.execute(
        select(Duty, Thing)
        .join(Thing, Thing.id == Duty.thing_id)
        .where(Duty.lab_id == lab_id, duties.is_late(today))
        .order_by(Duty.due_on, Duty.id)
        .limit(limit)
    )
    return [
        Late(
            what=duty.what,
            owed_by=duty.owed_by,
            due_on=duty.due_on,
            thing=thing if thing.has_place and thing.number is not None else None,
        )
        for duty, thing in rows
    ]


def committees(lab_id: int, *, limit: int = 5) -> Sequence[Thing]:
    """Return the committees of the lab, newest first. One statement."""
    return db.session.scalars(
        select(Thing)
        .where(
            Thing.lab_id == lab_id,
            Thing.kind == Kind.COMMITTEE,
            thread.has_place(),
        )
        .order_by(Thing.number.desc())
        .limit(limit)
    ).all()


@dataclass(frozen=True, slots=True)
class PublicAct:
    """One act, as the public reads it."""

    at: datetime
    sentence: str
    #: In the actor's words, without what was taken away.
    reason: str
    #: What stands for the reason where its words are private, for gettext.
    code: str
    thing: Thing | None
    #: Where a move of the lab took it.
    stage: Stage | None


def latest(lab_id: int, *, limit: int = 5) -> list[PublicAct]:
    """Return the newest acts that the public may know of. One statement.

    An act on a thing that is not published is left out, save a refusal to publish it: that
    one is public, without what it was about. What was noted afterwards stands at its day.
    """
    rows = db.session.execute(
        select(Entry, Thing)
        .outerjoin(Thing, Thing.id == Entry.thing_id)
        .where(
            Entry.lab_id == lab_id,
            Entry.act.in_(IN_THREAD),
            or_(
                Entry.thing_id.is_(None),
                thread.has_place(),
                Entry.act.in_((Act.PROBLEM_REJECT, Act.PROPOSAL_REJECT)),
            ),
        )
        .order_by(Entry.id.desc())
        .limit(_RECENT)
    )
    newest = sorted(rows, key=lambda row: row[0].at, reverse=True)[:limit]
    return [
        PublicAct(
            at=entry.at,
            sentence=entry.act.row.sentence or "",
            reason=entry.public_reason,
            code=entry.code_label,
            thing=_public(thing),
            stage=_reached(entry),
        )
        for entry, thing in newest
    ]


def earlier(lab: Lab) -> tuple[Lab, Thing | None] | None:
    """Return the lab that this one follows up and the problem, where published. One statement."""
    if lab.earlier_lab_id is None:
        return None
    row = db.session.execute(
        select(Lab, Thing)
        .outerjoin(Thing, (Thing.id == lab.earlier_problem_id) & thread.has_place())
        .where(Lab.id == lab.earlier_lab_id)
    ).one()
    return row[0], row[1]


def followers(lab_id: int) -> Sequence[Lab]:
    """Return the approved labs that follow this one up. One statement."""
    return db.session.scalars(
        select(Lab)
        .where(Lab.earlier_lab_id == lab_id, Lab.approved_at.is_not(None))
        .order_by(Lab.id)
        .limit(5)
    ).all()


def _public(thing: Thing | None) -> Thing | None:
    return thing if thing is not None and thing.has_place else None


def _reached(entry: Entry) -> Stage | None:
    return Stage(json.loads(entry.after)["stage"]) if entry.act == Act.LAB_MOVE else None
