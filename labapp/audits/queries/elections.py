"""Read where the members of a committee may have been chosen: meetings held, votes published."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select

from labapp.db import db
from labapp.sessions.models import Meeting
from labapp.sessions.queries.held_meetings import was_held
from labapp.thread import queries as thread
from labapp.thread.models import Thing
from labapp.voting.models import Subject, Vote


def elections(lab_id: int, limit: int = 50) -> Sequence[Thing]:
    """Return the meetings held and the votes on candidates published, newest first."""
    return db.session.scalars(
        select(Thing).where(_serves(lab_id)).order_by(Thing.id.desc()).limit(limit)
    ).all()


def election_code(thing: Thing) -> str:
    """Return how a form writes it: ``meeting-3``."""
    return f"{thing.kind.value}-{thing.number}"


def chose(lab_id: int, thing: Thing) -> bool:
    """Tell whether a committee of the lab may have been chosen in this meeting or vote."""
    there = exists().where(Thing.id == thing.id, _serves(lab_id))
    return db.session.scalars(select(there)).one()


def _serves(lab_id: int) -> ColumnElement[bool]:
    vote = exists().where(
        Vote.id == Thing.id,
        Vote.subject == Subject.CANDIDATES,
        Vote.published_at.is_not(None),
        Vote.annulled_at.is_(None),
    )
    meeting = exists().where(Meeting.id == Thing.id, was_held())
    return and_(Thing.lab_id == lab_id, thread.public(), or_(meeting, vote))
