"""Compare what the thread holds of each thing with what the thing's own room knows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from labapp.db import db
from labapp.room import Copies, Original
from labapp.thread.models import Thing
from labapp.thread.short_title import short_title

_BATCH = 1000


def faults(original: Original) -> Iterator[str]:
    """Yield one sentence for each copy of one kind that is not what its room knows. One statement.

    Args:
        original: where the things of this kind are kept.
    """
    with db.session.execute(_things(original)) as things:
        for key, title, state, published_at, row, *beside in things:
            here = f"{original.kind} {key}"
            if row is None:
                if (state, published_at) != (original.removed, None):
                    yield f"{here}: its room has no row of it"
                continue
            true = original.copies(row, *beside)
            yield from _unlike(here, true, Copies(title, state, published_at))


def true_copies(original: Original, which: ColumnElement[bool]) -> list[tuple[Thing, Copies]]:
    """Return things of one kind with what their room knows of them. One statement.

    Args:
        original: where the things of this kind are kept.
        which: says, in a query, which of them.
    """
    rows = db.session.execute(
        select(Thing, original.row, *original.beside)
        .join(original.row, original.row.id == Thing.id)
        .where(Thing.kind == original.kind, which)
        .order_by(Thing.id)
        .options(*original.options)
        .execution_options(populate_existing=True)
    )
    return [(thing, original.copies(row, *beside)) for thing, row, *beside in rows]


def _things(original: Original) -> Select[Any]:
    """Select the things of this kind, each with its row; those without one come too."""
    return (
        select(Thing.id, Thing.title, Thing.state, Thing.published_at)
        .add_columns(original.row, *original.beside)
        .select_from(Thing)
        .outerjoin(original.row, original.row.id == Thing.id)
        .where(Thing.kind == original.kind)
        .order_by(Thing.id)
        .options(*original.options)
        .execution_options(yield_per=_BATCH, populate_existing=True)
    )


def _unlike(here: str, true: Copies, copy: Copies) -> Iterator[str]:
    if true.title is not None and short_title(true.title) != copy.title:
        yield f"{here}: its title in the thread is not that of its room"
    if true.state != copy.state:
        yield f"{here}: {copy.state} in the thread, {true.state} in its room"
    if true.published_at != copy.published_at:
        shown, known = (_instant(at) for at in (copy.published_at, true.published_at))
        yield f"{here}: published {shown} in the thread, {known} in its room"


def _instant(at: datetime | None) -> str:
    return "never" if at is None else at.isoformat()
