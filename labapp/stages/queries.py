"""Read what stayed owed at a lab's closes, and what asks to close with things owed."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select

from labapp.db import db
from labapp.domain.workflow import CLOSING
from labapp.labs.models import Lab
from labapp.stages import debts
from labapp.stages.models import ClosingDebt, ClosingRequest
from labapp.thread.models import Thing

#: A debt, and the thing owed, where it is of one.
DebtOfThing = tuple[ClosingDebt, Thing | None]
_ORDER = {need.key: place for place, need in enumerate(CLOSING)}
#: The words of a room for what nobody owes an answer any more, without having had it.
_GONE = frozenset({"withdrawn"})


def closing_debts(lab: Lab) -> list[DebtOfThing]:
    """Return what stayed owed at the close that stands, in the order of the table."""
    return [row for row in all_closing_debts(lab.id) if row[0].closed_at == lab.stage_since]


def all_closing_debts(lab_id: int) -> list[DebtOfThing]:
    """Return what stayed owed at every close of a lab, the latest close first. One statement."""
    found = _rows(ClosingDebt.lab_id == lab_id, ClosingDebt.closed_at.is_not(None))
    return sorted(found, key=lambda row: row[0].closed_at or 0, reverse=True)


def named_debts(lab_id: int) -> list[DebtOfThing]:
    """Return what stayed owed at every close, and what a request that waits names.

    One statement. The latter has no ``closed_at``.
    """
    return _rows(
        ClosingDebt.lab_id == lab_id, or_(ClosingDebt.closed_at.is_not(None), _is_asked(lab_id))
    )


def asked_debts(request_id: int) -> list[DebtOfThing]:
    """Return what a request names, in the order of the table. One statement."""
    return _rows(ClosingDebt.request_id == request_id)


def debts_of(request_id: int) -> Sequence[ClosingDebt]:
    """Return the debts that a request names. One statement."""
    return db.session.scalars(
        select(ClosingDebt).where(ClosingDebt.request_id == request_id).order_by(ClosingDebt.id)
    ).all()


def stands(thing: Thing) -> bool:
    """Tell whether a thing was neither withdrawn nor taken away."""
    return not thing.is_hidden and thing.state not in _GONE


def waits() -> ColumnElement[bool]:
    """Say, in a query, that a request waits for ANTAI."""
    return and_(ClosingRequest.withdrawn_at.is_(None), ClosingRequest.decided_at.is_(None))


def waiting_request(lab_id: int) -> ClosingRequest | None:
    """Return what the lab asks, or None. One statement."""
    return db.session.scalar(select(ClosingRequest).where(ClosingRequest.lab_id == lab_id, waits()))


def last_refused(lab_id: int) -> ClosingRequest | None:
    """Return what the lab asked last, where ANTAI refused it, or None. One statement."""
    last = db.session.scalar(
        select(ClosingRequest)
        .where(ClosingRequest.lab_id == lab_id)
        .order_by(ClosingRequest.id.desc())
        .limit(1)
    )
    return last if last is not None and last.agreed is False else None


def waiting_count() -> ScalarSelect[int]:
    """Count, as a part of a statement, what waits for ANTAI in all labs."""
    return select(func.count()).select_from(ClosingRequest).where(waits()).scalar_subquery()


def waiting_in_all(after: int | None, limit: int) -> list[tuple[ClosingRequest, Lab, int]]:
    """Return what waits in all labs, oldest first, each with how much is owed. One statement."""
    owed = (
        select(func.count())
        .where(ClosingDebt.request_id == ClosingRequest.id, ClosingDebt.paid_on.is_(None))
        .correlate(ClosingRequest)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(ClosingRequest, Lab, owed)
        .join(Lab, Lab.id == ClosingRequest.lab_id)
        .where(waits(), ClosingRequest.id > (after or 0))
        .order_by(ClosingRequest.id)
        .limit(limit)
    )
    return [(request, lab, count) for request, lab, count in rows]


def drift() -> Iterator[str]:
    """Yield one sentence for each debt of a closed lab that is shown unpaid and is not owed."""
    for lab in db.session.scalars(select(Lab).where(Lab.pending).order_by(Lab.id)):
        owed = {debt.key for debt in debts.gather(lab)}
        for row, thing in closing_debts(lab):
            shown = row.paid_on is None and thing is not None and stands(thing)
            if shown and (row.need, row.thing_id) not in owed:
                yield f"lab {lab.id}: debt {row.id} is shown unpaid, and is not owed"


def _is_asked(lab_id: int) -> ColumnElement[bool]:
    """Say, in a query, that a debt is named by what the lab asks now."""
    return ClosingDebt.request_id.in_(
        select(ClosingRequest.id).where(ClosingRequest.lab_id == lab_id, waits())
    )


def _rows(*conditions: ColumnElement[bool]) -> list[DebtOfThing]:
    rows = db.session.execute(
        select(ClosingDebt, Thing)
        .outerjoin(Thing, Thing.id == ClosingDebt.thing_id)
        .where(*conditions)
        .order_by(ClosingDebt.id)
    )
    found: list[DebtOfThing] = [(debt, thing) for debt, thing in rows]
    return sorted(found, key=lambda row: _ORDER[row[0].need])
