"""Read what is owed of works and findings, to list it when a lab closes."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from labapp.audits.models import Committee, Finding, Work
from labapp.db import db
from labapp.thread.models import Thing


class UnreportedWork(NamedTuple):
    """A work without its final report, and the committee that owes it, where one was formed."""

    thing: Thing
    committee_id: int | None
    committee: str | None


def is_unclosed() -> ColumnElement[bool]:
    """Say, in a query, that a finding is not closed."""
    return Finding.closed_on.is_(None)


def is_unreported() -> ColumnElement[bool]:
    """Say, in a query, that a committee, or the lack of one, leaves a work without its report."""
    return Committee.report_on.is_(None)


def open_findings(lab_id: int) -> Sequence[tuple[Thing, str]]:
    """Return each finding that is not closed, and its committee's name. One statement."""
    rows = db.session.execute(
        select(Thing, Committee.name)
        .join(Finding, Finding.id == Thing.id)
        .join(Committee, Committee.id == Finding.committee_id)
        .where(Thing.lab_id == lab_id, is_unclosed())
        .order_by(Thing.number)
    )
    return [(thing, name) for thing, name in rows]


def unreported_works(lab_id: int) -> Sequence[UnreportedWork]:
    """Return each work without its committee's final report. One statement."""
    rows = db.session.execute(
        select(Thing, Committee.id, Committee.name)
        .join(Work, Work.id == Thing.id)
        .outerjoin(Committee, Committee.work_id == Work.id)
        .where(Thing.lab_id == lab_id, is_unreported())
        .order_by(Thing.number)
    )
    return [UnreportedWork(*row) for row in rows]
