"""Read letters."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.followup.models import Letter
from labapp.pagination import Page, newest_first, page_of
from labapp.thread import queries as thread
from labapp.thread.models import Thing


def letter(lab_id: int, number: int) -> Letter | None:
    """Return a letter of the lab by its number, with its thing and entity."""
    return db.session.scalar(
        select(Letter)
        .join(Letter.thing)
        .options(contains_eager(Letter.thing), joinedload(Letter.organization))
        .where(thread.stands_at(lab_id, Kind.LETTER, number))
    )


def letter_of(thing_id: int) -> Letter | None:
    """Return the letter under this id."""
    return db.session.get(Letter, thing_id)


def letters(lab_id: int, before: int | None = None) -> Page[Letter, int]:
    """Return the letters of a lab, newest first, before number ``before``. One statement."""
    query = (
        select(Letter)
        .join(Letter.thing)
        .options(contains_eager(Letter.thing), joinedload(Letter.organization))
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.LETTER)
    )
    rows = db.session.scalars(newest_first(query, Thing.number, before)).all()
    return page_of(rows, lambda letter: letter.thing.number)
