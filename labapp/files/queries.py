"""Read stored files; those that were taken away are in no answer."""

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
        select(StoredFile)
        .where(StoredFile.thing_id.in_(thing_ids), StoredFile.removed_at.is_(None))
        .order_by(StoredFile.id)
    ).all()


def on(thing_id: int, file_id: int) -> StoredFile | None:
    """Return a file only if it hangs on this thing."""
    return db.session.scalar(
        select(StoredFile).where(
            StoredFile.id == file_id,
            StoredFile.thing_id == thing_id,
            StoredFile.removed_at.is_(None),
        )
    )


def removals(thing_id: int) -> Sequence[StoredFile]:
    """Return what was taken away from a thing, oldest first: when, and by which code."""
    return db.session.scalars(
        select(StoredFile)
        .where(StoredFile.thing_id == thing_id, StoredFile.removed_at.is_not(None))
        .order_by(StoredFile.id)
    ).all()


def is_kept(sha256: str) -> bool:
    """Tell whether some row still stands for these bytes."""
    rows = select(StoredFile.id).where(StoredFile.sha256 == sha256, StoredFile.removed_at.is_(None))
    return db.session.scalar(rows.limit(1)) is not None
