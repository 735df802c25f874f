"""Read which meetings were held: only those prove what happened in them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import contains_eager

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.sessions.models import Meeting
from labapp.thread import queries as thread
from labapp.thread.models import Thing


def in_lab(lab_id: int, limit: int = 100) -> Sequence[Meeting]:
    """Return the meetings of a lab that were held and that everybody may see, newest first."""
    return db.session.scalars(
        _meetings()
        .where(Thing.lab_id == lab_id, thread.public())
        .order_by(Thing.number.desc())
        .limit(limit)
    ).all()


def by_thing(thing_id: int) -> Meeting | None:
    """Return the meeting under this id if it was held, or None."""
    return db.session.scalar(_meetings().where(Meeting.id == thing_id))


def was_held() -> ColumnElement[bool]:
    """Return, as SQL, whether a meeting was held: it began and was not cancelled."""
    return and_(Meeting.began_at.is_not(None), Meeting.cancelled_at.is_(None))


def _meetings() -> Select[Meeting]:
    return (
        select(Meeting)
        .join(Meeting.thing)
        .options(contains_eager(Meeting.thing))
        .where(Thing.kind == Kind.MEETING, was_held())
    )
