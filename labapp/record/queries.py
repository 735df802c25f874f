"""Read the record, and verify it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    exists,
    func,
    select,
)
from sqlalchemy.orm import lazyload

from labapp.db import db
from labapp.domain.acts import IN_THREAD, Act
from labapp.record.entry_hash import digest
from labapp.record.models import Chain, Entry

_BATCH = 1000


def about(thing_ids: Sequence[int]) -> Sequence[Entry]:
    """Return what the public thread says of these things, oldest first. One statement."""
    return db.session.scalars(
        select(Entry)
        .where(Entry.thing_id.in_(thing_ids), Entry.act.in_(IN_THREAD))
        .order_by(Entry.at, Entry.id)
    ).all()


def with_reason(thing_id: int) -> Sequence[Entry]:
    """Return the entries of a thing in which somebody gave a reason, oldest first."""
    return db.session.scalars(
        select(Entry).where(Entry.thing_id == thing_id, Entry.reason != "").order_by(Entry.id)
    ).all()


def was_done_on(
    thing_id: int, act: Act, person_ids: Collection[int] | Select[int]
) -> ColumnElement[bool]:
    """Return, as SQL, whether one of these numbers did this act on a thing."""
    return exists().where(
        Entry.thing_id == thing_id, Entry.act == act, Entry.person_id.in_(person_ids)
    )


def was_done_by(person_ids: Collection[int], act: Act, thing_id: int) -> bool:
    """Tell whether one of these numbers did this act on a thing."""
    return db.session.scalars(select(was_done_on(thing_id, act, person_ids))).one()


def was_done_in(lab_id: int, person_ids: Collection[int], acts: Collection[Act]) -> bool:
    """Tell whether one of these numbers did one of these acts in a lab."""
    done = exists().where(
        Entry.lab_id == lab_id, Entry.act.in_(acts), Entry.person_id.in_(person_ids)
    )
    return db.session.scalars(select(done)).one()


def first_at(thing_id: SQLColumnExpression[int], *acts: Act) -> ScalarSelect[datetime]:
    """Return, as SQL, when one of these acts was first done on a thing; NULL if never."""
    first = select(func.min(Entry.at)).where(Entry.thing_id == thing_id, Entry.act.in_(acts))
    return first.scalar_subquery()


def latest_after(thing_id: SQLColumnExpression[int], act: Act) -> ScalarSelect[str]:
    """Return, as SQL, what the latest such act left on a thing, as JSON; NULL if never done."""
    latest = select(Entry.after).where(Entry.thing_id == thing_id, Entry.act == act)
    return latest.order_by(Entry.id.desc()).limit(1).scalar_subquery()


def faults() -> Iterator[str]:
    """Verify every chain and yield one sentence for each fault found; none when all holds."""
    for chain in db.session.scalars(select(Chain).order_by(Chain.name)).all():
        yield from _faults_in(chain)


def _faults_in(chain: Chain) -> Iterator[str]:
    previous, position = "", 0
    # What the public reads in place of a reason is no part of the chain.
    entries_of = select(Entry).where(Entry.chain == chain.name).options(lazyload(Entry.cover))
    query = entries_of.order_by(Entry.position)
    with db.session.scalars(query.execution_options(yield_per=_BATCH)) as entries:
        for entry in entries:
            position += 1
            if entry.position != position:
                yield f"{chain.name}: entry {position} is missing"
                return
            if digest(entry, previous) != entry.hash:
                yield f"{chain.name}: entry {position} was changed after it was written"
                return
            previous = entry.hash
    if (position, previous) != (chain.length, chain.head):
        yield f"{chain.name}: {chain.length} entries were written and {position} are here"
