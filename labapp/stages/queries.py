"""Read what stayed owed at a lab's close, and which lab it may follow up."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from labapp.db import db
from labapp.domain.folding import hyphenate
from labapp.domain.workflow import CLOSING
from labapp.labs.models import Lab
from labapp.pagination import PAGE
from labapp.stages.models import ClosingDebt


def closing_debts(lab: Lab) -> Sequence[ClosingDebt]:
    """Return what stayed owed at the close that stands, in the order of the table."""
    rows = db.session.scalars(
        select(ClosingDebt).where(
            ClosingDebt.lab_id == lab.id, ClosingDebt.closed_at == lab.stage_since
        )
    ).all()
    order = [need.key for need in CLOSING]
    return sorted(rows, key=lambda row: order.index(row.need))


def labs_called(words: str, *, beside: Lab) -> Sequence[Lab]:
    """Return the approved labs whose address holds these words; its earlier lab is among them."""
    # SQLite refuses to look for what is very long; no address is longer than this.
    sought = hyphenate(words)[:100]
    called = Lab.slug.contains(sought, autoescape=True) if sought else Lab.id.is_not(None)
    return db.session.scalars(
        select(Lab)
        .where(
            Lab.id != beside.id,
            Lab.approved_at.is_not(None),
            or_(called, Lab.id == beside.earlier_lab_id),
        )
        .order_by(Lab.name, Lab.id)
        .limit(PAGE)
    ).all()
