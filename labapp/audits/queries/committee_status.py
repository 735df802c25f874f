"""Read where a committee stands, who sits on it, and hold a row while it changes."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from labapp.accounts.models import Person
from labapp.audits.models import Committee, Finding, Seat, Visit, Work
from labapp.audits.queries.independence import entity_of_work
from labapp.db import db
from labapp.domain.committee import CommitteeStatus
from labapp.domain.policy import Relation
from labapp.labs.models import Lab
from labapp.labs.queries import affiliations, identity
from labapp.thread.models import Thing


def _known() -> tuple[ColumnElement[Any], ...]:
    """Return, as SQL, what is known of a committee, in the order of ``CommitteeStatus``.

    Of its seats count those of different people who have an account or a name, and are of no
    entity that carries the work out.
    """
    thing, watched = aliased(Thing), aliased(Committee)
    seated = (
        select(func.count(func.distinct(identity.one_in(thing.lab_id))))
        .select_from(Seat)
        .join(thing, thing.id == Seat.committee_id)
        .join(watched, watched.id == Seat.committee_id)
        .join(Work, Work.id == watched.work_id)
        .join(Person, Person.id == Seat.person_id)
        .where(
            Seat.committee_id == Committee.id,
            Seat.ended_on.is_(None),
            Person.deleted_at.is_(None),
            ~affiliations.is_of(entity_of_work(), thing.lab_id),
        )
        .correlate(Committee)
        .scalar_subquery()
    )
    return (
        seated,
        Committee.constituted_on.is_not(None),
        Committee.reported_on.is_not(None),
        Committee.certified_on.is_not(None),
        exists().where(Visit.committee_id == Committee.id),
        Committee.report_on.is_not(None),
        exists().where(Work.id == Committee.work_id, Work.accepted_on.is_not(None)),
    )


KNOWN = _known()


def committee_status(committee_id: int) -> CommitteeStatus:
    """Return what is known of a committee now. One statement."""
    return to_standing(
        *db.session.execute(select(*KNOWN).where(Committee.id == committee_id)).one()
    )


def to_standing(seats: int, *facts: bool) -> CommitteeStatus:
    """Return what is known of a committee, as ``KNOWN`` was read."""
    return CommitteeStatus(seats, *map(bool, facts))


def seat(committee_id: int, person_id: int | None) -> Seat | None:
    """Return the seat this person holds on the committee now, or None."""
    if person_id is None:
        return None
    return db.session.scalar(
        select(Seat)
        .where(
            Seat.committee_id == committee_id,
            Seat.person_id == person_id,
            Seat.ended_on.is_(None),
        )
        .options(joinedload(Seat.person))
    )


def last_seat(committee_id: int, person_id: int | None) -> Seat | None:
    """Return the last seat of this person on the committee, ended or not; None for nobody."""
    if person_id is None:
        return None
    return db.session.scalar(
        select(Seat)
        .where(Seat.committee_id == committee_id, Seat.person_id == person_id)
        .order_by(Seat.id.desc())
        .limit(1)
    )


def sits(committee_id: int, person_ids: Collection[int]) -> bool:
    """Tell whether one of these numbers holds a seat on the committee now."""
    held = exists().where(
        Seat.committee_id == committee_id,
        Seat.person_id.in_(person_ids),
        Seat.ended_on.is_(None),
    )
    return db.session.scalars(select(held)).one()


def seated_since(committee_id: int, day: date) -> int:
    """Return how many sit now who sat on a day already."""
    kept = select(func.count()).where(
        Seat.committee_id == committee_id, Seat.ended_on.is_(None), Seat.seated_on <= day
    )
    return db.session.scalars(kept.select_from(Seat)).one()


def seats_left(person_id: int) -> Sequence[Row[Seat, Lab]]:
    """Return the seats of whoever left, or leaves with this number, each with its lab."""
    gone = or_(Person.id == person_id, Person.deleted_at.is_not(None))
    return db.session.execute(_seats_held().where(gone)).all()


def seats_out_of_term(today: date) -> Sequence[Row[Seat, Lab]]:
    """Return the seats of committees whose last day is past, each with its lab."""
    return db.session.execute(_seats_held().where(Committee.term_ends_on < today)).all()


def _seats_held() -> Select[Seat, Lab]:
    return (
        select(Seat, Lab)
        .join(Seat.committee)
        .join(Thing, Thing.id == Committee.id)
        .join(Lab, Lab.id == Thing.lab_id)
        .join(Person, Person.id == Seat.person_id)
        .options(contains_eager(Seat.committee))
        .where(Seat.ended_on.is_(None))
        .order_by(Seat.id)
    )


def committees_of(person_ids: Collection[int]) -> Sequence[Committee]:
    """Return the committees on which one of these sits now, held until the commit."""
    seated = select(Seat.committee_id).where(
        Seat.person_id.in_(person_ids), Seat.ended_on.is_(None)
    )
    return db.session.scalars(
        select(Committee)
        .where(Committee.id.in_(seated))
        .order_by(Committee.id)
        .with_for_update(of=Committee)
    ).all()


def relations(seat: Seat | None) -> frozenset[Relation]:
    """Return what somebody is to a committee, by the seat they hold on it."""
    return frozenset({Relation.SEATED} if seat else ())


def lock_committee(committee_id: int) -> Committee:
    """Return the committee as it stands now, held until the commit."""
    return db.session.scalars(
        select(Committee)
        .where(Committee.id == committee_id)
        .with_for_update(of=Committee)
        .execution_options(populate_existing=True)
    ).one()


def lock_finding(finding_id: int) -> Finding:
    """Return the finding as it stands now, held until the commit."""
    return db.session.scalars(
        select(Finding)
        .where(Finding.id == finding_id)
        .with_for_update(of=Finding)
        .execution_options(populate_existing=True)
    ).one()
