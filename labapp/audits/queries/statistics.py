"""Count committees, findings and reports, in one lab or in all."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, select

from labapp.audits.models import Committee, Finding, Work
from labapp.audits.queries.open_debts import is_unclosed, is_unreported
from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.thread.models import Thing
from labapp.thread.queries import duties
from labapp.thread.queries.countable import is_counted


@dataclass(frozen=True, slots=True)
class AuditStatistics:
    """Counts of rows. A committee not certified yet counts as forming."""

    works: int = 0
    committees_certified: int = 0
    committees_forming: int = 0
    findings_open: int = 0
    findings_closed: int = 0

    @property
    def findings(self) -> int:
        """Return how many findings there are."""
        return self.findings_open + self.findings_closed


def facts(lab_id: int) -> tuple[int, int]:
    """Return findings open, and works without their committee's final report. One statement."""
    unclosed = (
        select(func.count())
        .select_from(Finding)
        .join(Thing, Thing.id == Finding.id)
        .where(Thing.lab_id == lab_id, is_unclosed())
    )
    unreported = (
        select(func.count())
        .select_from(Work)
        .join(Thing, Thing.id == Work.id)
        .outerjoin(Committee, Committee.work_id == Work.id)
        .where(Thing.lab_id == lab_id, is_unreported())
    )
    row = db.session.execute(select(unclosed.scalar_subquery(), unreported.scalar_subquery())).one()
    return (row[0], row[1])


def forgotten_replies() -> Iterator[str]:
    """Yield one sentence for each reply that was late, or never came, and no duty says so."""
    ended_on = func.coalesce(Finding.replied_on, Finding.closed_on)
    return duties.forgotten_lateness(
        DutyKind.REPLY, kept=Finding, due_on=Finding.reply_due_on, ended_on=ended_on
    )


def numbers(lab_id: int | None = None, *, examples: bool = False) -> AuditStatistics:
    """Return the counts of all approved labs, real or examples, or of one lab. Two statements."""
    committees = (
        select(
            func.count(Work.id),
            _how_many(Committee.certified_on.is_not(None)),
            _how_many(and_(Committee.id.is_not(None), Committee.certified_on.is_(None))),
        )
        .select_from(Work)
        .join(Thing, Thing.id == Work.id)
        .outerjoin(Committee, Committee.work_id == Work.id)
    )
    findings = (
        select(
            _how_many(Finding.closed_on.is_(None)),
            _how_many(Finding.closed_on.is_not(None)),
        )
        .select_from(Finding)
        .join(Thing, Thing.id == Finding.id)
    )
    where = Thing.lab_id == lab_id if lab_id is not None else is_counted(examples=examples)
    committees, findings = committees.where(where), findings.where(where)
    formed, found = db.session.execute(committees).one(), db.session.execute(findings).one()
    return AuditStatistics(
        works=formed[0],
        committees_certified=formed[1],
        committees_forming=formed[2],
        findings_open=found[0],
        findings_closed=found[1],
    )


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
