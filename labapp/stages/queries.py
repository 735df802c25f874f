"""Read what stayed owed at a lab's close."""

from collections.abc import Sequence

from sqlalchemy import select

from labapp.db import db
from labapp.domain.workflow import CLOSING
from labapp.labs.models import Lab
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
