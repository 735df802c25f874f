"""Read lists, newest first, a page at a time, each in one statement."""

from collections.abc import Sequence

from sqlalchemy import Row, ScalarSelect, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from labapp.audits.models import Committee, Finding, Seat, Visit, Work
from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.followup.models import Agreement, Milestone
from labapp.labs.models import Lab
from labapp.pagination import ENOUGH, Page, Query, newest_first, page_of
from labapp.thread.models import Thing


def works(lab_id: int, before: int | None = None) -> Page[Work, int]:
    """Return the works of a lab with their committees' states, before number ``before``."""
    query = select(Work).join(Work.thing).options(contains_eager(Work.thing))
    rows = db.session.scalars(_paged(query, lab_id, Kind.WORK, before)).all()
    return page_of(rows, lambda work: work.thing.number)


def committees(lab_id: int, before: int | None = None) -> Page[Row[Committee, int], int]:
    """Return the committees of a lab, each with how many are seated."""
    query = (
        select(Committee, _seated())
        .join(Committee.thing)
        .options(
            contains_eager(Committee.thing),
            joinedload(Committee.work).joinedload(Work.thing),
        )
    )
    rows = db.session.execute(_paged(query, lab_id, Kind.COMMITTEE, before)).all()
    return page_of(rows, lambda row: row[0].thing.number)


def committees_everywhere(before: int | None = None) -> Page[Row[Committee, Lab, int], int]:
    """Return the committees of all approved labs, newest first, before committee id ``before``."""
    query = (
        select(Committee, Lab, _seated())
        .join(Committee.thing)
        .join(Lab, Lab.id == Thing.lab_id)
        .options(
            contains_eager(Committee.thing),
            joinedload(Committee.work).joinedload(Work.thing),
        )
        .where(Lab.approved_at.is_not(None))
    )
    rows = db.session.execute(newest_first(query, Committee.id, before)).all()
    return page_of(rows, lambda row: row[0].id)


def visits(lab_id: int, before: int | None = None) -> Page[Visit, int]:
    """Return the visits of a lab."""
    query = (
        select(Visit)
        .join(Visit.thing)
        .options(
            contains_eager(Visit.thing),
            joinedload(Visit.milestone),
            joinedload(Visit.committee),
        )
    )
    rows = db.session.scalars(_paged(query, lab_id, Kind.VISIT, before)).all()
    return page_of(rows, lambda visit: visit.thing.number)


def findings(lab_id: int, before: int | None = None) -> Page[Finding, int]:
    """Return the findings of a lab."""
    query = (
        select(Finding)
        .join(Finding.thing)
        .options(contains_eager(Finding.thing), joinedload(Finding.committee))
    )
    rows = db.session.scalars(_paged(query, lab_id, Kind.FINDING, before)).all()
    return page_of(rows, lambda finding: finding.thing.number)


def of_committee(committee_id: int) -> tuple[Sequence[Visit], Sequence[Finding]]:
    """Return the newest visits and findings of a committee, a page of each. Two statements."""
    visits_made = db.session.scalars(
        select(Visit)
        .where(Visit.committee_id == committee_id)
        .options(joinedload(Visit.thing), joinedload(Visit.milestone))
        .order_by(Visit.id.desc())
        .limit(ENOUGH)
    ).all()
    findings_made = db.session.scalars(
        select(Finding)
        .where(Finding.committee_id == committee_id)
        .options(joinedload(Finding.thing))
        .order_by(Finding.id.desc())
        .limit(ENOUGH)
    ).all()
    return visits_made, findings_made


def seats(committee_id: int) -> Sequence[Seat]:
    """Return who is seated now, with their names, oldest first."""
    return db.session.scalars(
        select(Seat)
        .where(Seat.committee_id == committee_id, Seat.ended_on.is_(None))
        .options(joinedload(Seat.person))
        .order_by(Seat.id)
    ).all()


def steps(work: Work) -> Sequence[Milestone]:
    """Return the steps of the agreement that a work carries out, in order, with their things."""
    return db.session.scalars(
        select(Milestone)
        .where(Milestone.agreement_id == work.agreement_id)
        .options(joinedload(Milestone.thing))
        .order_by(Milestone.position)
    ).all()


def without_work(lab_id: int) -> Sequence[Agreement]:
    """Return the agreements in force that a work is to carry out and that have none yet."""
    return db.session.scalars(
        select(Agreement)
        .join(Agreement.thing)
        .options(contains_eager(Agreement.thing), joinedload(Agreement.organization))
        .where(
            Thing.lab_id == lab_id,
            Agreement.has_work,
            Agreement.accepted_on.is_not(None),
            ~exists().where(Work.agreement_id == Agreement.id),
        )
        .order_by(Thing.number)
    ).all()


def _seated() -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(Seat)
        .where(Seat.committee_id == Committee.id, Seat.ended_on.is_(None))
        .scalar_subquery()
    )


def _paged(query: Query, lab_id: int, kind: Kind, before: int | None) -> Query:
    query = query.where(Thing.lab_id == lab_id, Thing.kind == kind)
    return newest_first(query, Thing.number, before)
