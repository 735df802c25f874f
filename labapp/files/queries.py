"""Read stored files; those that were taken away are in no answer."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from labapp.db import db
from labapp.domain.removal_code import RemovalCode
from labapp.files.models import StoredFile


def of_thing(thing_id: int) -> Sequence[StoredFile]:
    """Return the files of a thing, oldest first, without what was taken away."""
    return of_things([thing_id])


def of_things(thing_ids: Sequence[int]) -> Sequence[StoredFile]:
    """Return the files of these things, as above. One statement."""
    return db.session.scalars(
        select(StoredFile)
        .where(StoredFile.thing_id.in_(thing_ids), StoredFile.removed_at.is_(None))
        .order_by(StoredFile.id)
    ).all()


def on(thing_id: int, file_id: int) -> StoredFile | None:
    """Return a file only if it hangs on this thing and was not taken away."""
    return db.session.scalar(
        select(StoredFile).where(
            StoredFile.id == file_id,
            StoredFile.thing_id == thing_id,
            StoredFile.removed_at.is_(None),
        )
    )


def files_removed_from(thing_id: int) -> Sequence[StoredFile]:
    """Return the files that were taken away of a thing, oldest first: nobody is sent them."""
    return db.session.scalars(
        select(StoredFile)
        .where(StoredFile.thing_id == thing_id, StoredFile.removed_at.is_not(None))
        .order_by(StoredFile.id)
    ).all()


def is_kept(stored: StoredFile, sha256: str) -> bool:
    """Tell whether another row stands for the same bytes, or may again.

    What was taken away for another reason than its sender's wish comes back if an appeal is won.
    """
    gone = StoredFile.removed_for.is_not_distinct_from(RemovalCode.OWN_WISH)
    rows = select(StoredFile.id).where(
        or_(StoredFile.sha256 == sha256, StoredFile.original_sha256 == sha256),
        StoredFile.id != stored.id,
        ~gone,
    )
    return db.session.scalar(rows.limit(1)) is not None
