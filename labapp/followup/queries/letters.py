"""Read letters."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.followup.models import Letter
from labapp.thread.models import Thing

PAGE = 25


def letter(lab_id: int, number: int) -> Letter | None:
    """Return a letter of the lab by its number, with its thing and entity."""
    return db.session.scalar(
        select(Letter)
        .join(Letter.thing)
        .options(contains_eager(Letter.thing), joinedload(Letter.organization))
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.LETTER, Thing.number == number)
    )


def letter_of(thing_id: int) -> Letter | None:
    """Return the letter under this id."""
    return db.session.get(Letter, thing_id)


def letters(lab_id: int, before: int | None = None, limit: int = PAGE) -> Sequence[Letter]:
    """Return the letters of a lab, newest first, before number ``before``. One statement."""
    query = (
        select(Letter)
        .join(Letter.thing)
        .options(contains_eager(Letter.thing), joinedload(Letter.organization))
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.LETTER)
    )
    if before is not None:
        query = query.where(Thing.number < before)
    return db.session.scalars(query.order_by(Thing.number.desc()).limit(limit)).all()
