"""What was sent to a lab and waits to be reviewed: one queue, whatever kind of thing it is."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, literal, select, tuple_

from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.roles import Actor, Role
from labapp.pagination import ENOUGH, Page, page_of
from labapp.thread.models import Duty, Thing
from labapp.thread.queries import duties


class QueuedThing(NamedTuple):
    """A thing that waits for a decision, and the day by which somebody must take it."""

    thing: Thing
    due_on: date


def waiting(lab_id: int, after: tuple[date, int] | None = None) -> Page[QueuedThing, str]:
    """Return a page of what waits, the longest overdue first. One statement."""
    query = (
        select(Thing, Duty.due_on)
        .join(Duty, Duty.thing_id == Thing.id)
        .where(_waits(lab_id))
        .order_by(Duty.due_on, Thing.id)
        .limit(ENOUGH)
    )
    if after is not None:
        query = query.where(
            tuple_(Duty.due_on, Thing.id) > tuple_(literal(after[0]), literal(after[1]))
        )
    rows = [QueuedThing(*row) for row in db.session.execute(query)]
    return page_of(rows, lambda row: f"{row.due_on}.{row.thing.id}")


def count(lab_id: int) -> int:
    """Return how much waits. One statement."""
    return db.session.scalars(select(func.count()).select_from(Duty).where(_waits(lab_id))).one()


def due_on(thing_id: int) -> date | None:
    """Return the day by which a thing must be reviewed; None where it does not wait."""
    return db.session.scalar(
        select(Duty.due_on).where(
            Duty.thing_id == thing_id, Duty.what == DutyKind.MODERATION, duties.stands_open()
        )
    )


def is_turn_of(actor: Actor, due: date | None, today: date) -> bool:
    """Tell whether somebody may decide now: ANTAI only once the lab's own term has passed."""
    return Role.FACILITATOR in actor.roles or (due is not None and due < today)


def _waits(lab_id: int) -> ColumnElement[bool]:
    return and_(Duty.lab_id == lab_id, Duty.what == DutyKind.MODERATION, duties.stands_open())
