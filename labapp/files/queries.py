"""Read stored files."""

from collections.abc import Sequence

from sqlalchemy import select

from labapp.db import db
from labapp.files.models import StoredFile


def of_thing(thing_id: int) -> Sequence[StoredFile]:
    """Return the files of a thing, oldest first."""
    return of_things([thing_id])


def of_things(thing_ids: Sequence[int]) -> Sequence[StoredFile]:
    """Return the files of these things, oldest first. One statement."""
    return db.session.scalars(
        select(StoredFile).where(StoredFile.thing_id.in_(thing_ids)).order_by(StoredFile.id)
    ).all()


def on(thing_id: int, file_id: int) -> StoredFile | None:
    """Return a file only if it hangs on this thing."""
    return db.session.scalar(
        select(StoredFile).where(StoredFile.id == file_id, StoredFile.thing_id == thing_id)
    )
