"""Read one work, committee, visit or finding by its number in a lab."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from labapp.audits.models import Committee, Finding, Visit, Work
from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.followup.models import Agreement
from labapp.thread import queries as thread


def work(lab_id: int, number: int) -> Work | None:
    """Return a work with its agreement and entity."""
    return db.session.scalar(
        select(Work)
        .join(Work.thing)
        .options(
            contains_eager(Work.thing),
            joinedload(Work.agreement).joinedload(Agreement.organization),
            joinedload(Work.agreement).joinedload(Agreement.thing),
            joinedload(Work.announced_by),
        )
        .where(thread.stands_at(lab_id, Kind.WORK, number))
    )


def work_of(agreement_id: int) -> Work | None:
    """Return the work that carries an agreement out, or None."""
    return db.session.scalar(
        select(Work).where(Work.agreement_id == agreement_id).options(joinedload(Work.thing))
    )


def watching(work_id: int) -> Committee | None:
    """Return the committee of a work, or None."""
    return db.session.scalar(
        select(Committee).where(Committee.work_id == work_id).options(joinedload(Committee.thing))
    )


def committee(lab_id: int, number: int) -> Committee | None:
    """Return a committee with its work, agreement and entity."""
    watched = joinedload(Committee.work)
    return db.session.scalar(
        select(Committee)
        .join(Committee.thing)
        .options(
            contains_eager(Committee.thing),
            joinedload(Committee.chosen_in),
            watched.joinedload(Work.thing),
            watched.joinedload(Work.agreement).joinedload(Agreement.organization),
            watched.joinedload(Work.agreement).joinedload(Agreement.thing),
            watched.joinedload(Work.announced_by),
        )
        .where(thread.stands_at(lab_id, Kind.COMMITTEE, number))
    )


def visit(lab_id: int, number: int) -> Visit | None:
    """Return a visit with its committee, step and addenda. Two statements."""
    return db.session.scalar(
        select(Visit)
        .join(Visit.thing)
        .options(
            contains_eager(Visit.thing),
            joinedload(Visit.committee).joinedload(Committee.thing),
            joinedload(Visit.milestone),
            selectinload(Visit.addenda),
        )
        .where(thread.stands_at(lab_id, Kind.VISIT, number))
    )


def finding(lab_id: int, number: int) -> Finding | None:
    """Return a finding with its committee, its work and the entity that replies."""
    watched = joinedload(Finding.committee).joinedload(Committee.work)
    return db.session.scalar(
        select(Finding)
        .join(Finding.thing)
        .options(
            contains_eager(Finding.thing),
            joinedload(Finding.committee).joinedload(Committee.thing),
            watched.joinedload(Work.agreement).joinedload(Agreement.organization),
            watched.joinedload(Work.announced_by),
            joinedload(Finding.visit).joinedload(Visit.thing),
            joinedload(Finding.milestone),
        )
        .where(thread.stands_at(lab_id, Kind.FINDING, number))
    )
