"""Read what is owed on things: what stands open, what is late, and what was late for ever."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, func, or_, select

from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.thread.models import Duty


def stands_open() -> ColumnElement[bool]:
    """Say, in a query, that a duty is owed still."""
    return and_(Duty.met_on.is_(None), Duty.waived_on.is_(None))


def is_late(today: date) -> ColumnElement[bool]:
    """Say, in a query, that a duty is owed still and its day has passed."""
    return and_(stands_open(), Duty.due_on < today)


def met_in_time(thing_id: int, what: DutyKind) -> Duty | None:
    """Return what was last owed of that kind and met by its day, or None."""
    return db.session.scalar(
        select(Duty)
        .where(
            Duty.thing_id == thing_id,
            Duty.what == what,
            Duty.met_on <= Duty.due_on,
            func.coalesce(Duty.noted_on, Duty.met_on) <= Duty.due_on,
        )
        .order_by(Duty.id.desc())
        .limit(1)
    )


def of_things(thing_ids: Collection[int], what: DutyKind) -> dict[int, Duty]:
    """Return what of that kind is owed on each of these things, or was last. One statement."""
    if not thing_ids:
        return {}
    rows = db.session.scalars(
        select(Duty)
        .where(Duty.thing_id.in_(thing_ids), Duty.what == what)
        # What stands open comes last, and so is the one that is kept.
        .order_by(func.coalesce(Duty.met_on, Duty.waived_on).asc().nulls_last(), Duty.id)
    )
    return {duty.thing_id: duty for duty in rows}


def forgotten_lateness(
    what: DutyKind,
    *,
    kept: type[Any],
    due_on: SQLColumnExpression[Any],
    ended_on: SQLColumnExpression[Any],
) -> Iterator[str]:
    """Yield one sentence for each thing that was late by its own room and by no duty of it.

    Args:
        what: the kind of duty.
        kept: the table of the room that keeps the thing.
        due_on: its column of the last day.
        ended_on: its column of the day it was done, or owed no longer.
    """
    known = exists().where(
        Duty.thing_id == kept.id,
        Duty.what == what,
        or_(Duty.met_on > Duty.due_on, Duty.waived_on.is_not(None)),
    )
    late = select(kept.id).where(ended_on > due_on, ~known).order_by(kept.id)
    for thing_id in db.session.scalars(late):
        yield f"thing {thing_id}: its {what} was late, and no duty says so"


def open_in(lab_id: int) -> dict[tuple[int, DutyKind], Duty]:
    """Return all that stands owed in a lab, by thing and kind. One statement."""
    rows = db.session.scalars(select(Duty).where(Duty.lab_id == lab_id, stands_open()))
    return {(duty.thing_id, duty.what): duty for duty in rows}
