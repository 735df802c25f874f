"""Read who checks a work without carrying it out: over all labs, then and now."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from labapp.accounts.models import GlobalRole
from labapp.audits.models import Committee, DeclaredTie, Seat, Work
from labapp.db import db
from labapp.domain.committee import bars
from labapp.domain.errors import mark
from labapp.domain.roles import LACKING, Relation, Role
from labapp.followup.models import Agreement
from labapp.labs.queries import affiliations, identity, interests
from labapp.thread.models import Thing

#: Why a member does not act for the committee, fit to be shown.
REVIEWS = mark("Whoever reviews for ANTAI cannot sit on a committee.")
RUNS = mark("Whoever facilitates a lab, or counts its votes, cannot sit on a committee of it.")
TIED = mark("You declared a tie with this work: another member does this.")


def carries_out(work: Work, person_id: int | None, lab_id: int) -> bool:
    """Tell whether a person is, or once was, of the entity that answers for a work."""
    return work.entity.id in affiliations.bodies_ever(person_id, lab_id)


def reviews(person_id: int | None, lab_id: int | None = None) -> bool:
    """Tell whether a person reviews for ANTAI, by any number of theirs."""
    numbers = identity.numbers(person_id, lab_id)
    holds = exists().where(
        GlobalRole.person_id.in_(numbers),
        GlobalRole.role == Role.REVIEWER,
        GlobalRole.ended_at.is_(None),
    )
    return db.session.scalars(select(holds)).one()


def runs_the_lab(person_id: int, lab_id: int) -> bool:
    """Tell whether a person facilitates a lab or counts its votes, by any number of theirs."""
    return bool(interests.serving(lab_id, identity.same_people(person_id, lab_id)))


def ties(committee_id: int, person_id: int | None, lab_id: int) -> Sequence[DeclaredTie]:
    """Return the ties that a person declared on a committee, by any number, oldest first."""
    return db.session.scalars(
        select(DeclaredTie)
        .where(
            DeclaredTie.committee_id == committee_id,
            DeclaredTie.person_id.in_(identity.numbers(person_id, lab_id)),
        )
        .options(joinedload(DeclaredTie.milestone))
        .order_by(DeclaredTie.id)
    ).all()


def lack(
    committee: Committee, person_id: int | None, lab_id: int, *, step_id: int | None, began_on: date
) -> str:
    """Return why a seated person does not judge something of a work; empty where they do.

    Args:
        committee: the one on which they sit.
        person_id: who.
        lab_id: where.
        step_id: the step concerned; None for the whole work.
        began_on: since when there is what is judged.
    """
    if carries_out(committee.work, person_id, lab_id):
        return LACKING[Relation.NOT_EXECUTOR]
    if reviews(person_id, lab_id):
        return REVIEWS
    if person_id is not None and runs_the_lab(person_id, lab_id):
        return RUNS
    if person_id is not None and interests.has_contract(lab_id, person_id):
        return TIED
    return TIED if bars(ties(committee.id, person_id, lab_id), step_id, began_on) else ""


def untied_members(committee_id: int, step_id: int | None, day: date) -> int:
    """Return how many of those seated have no tie that counts for a step on a day."""
    spans: dict[int, list[DeclaredTie]] = {}
    for tie in ties_of(committee_id):
        spans.setdefault(tie.person_id, []).append(tie)
    seated = db.session.scalars(
        select(Seat.person_id).where(Seat.committee_id == committee_id, Seat.ended_on.is_(None))
    )
    return sum(not bars(spans.get(person_id, ()), step_id, day) for person_id in seated.all())


def watches(agreement_id: int, person_id: int) -> bool:
    """Tell whether a person sits now, independent, on the committee that watches an agreement."""
    row = db.session.execute(
        select(Committee, Thing.lab_id)
        .join(Thing, Thing.id == Committee.id)
        .join(Work, Work.id == Committee.work_id)
        .join(Seat, Seat.committee_id == Committee.id)
        .where(
            Work.agreement_id == agreement_id,
            Seat.person_id == person_id,
            Seat.ended_on.is_(None),
        )
    ).first()
    # A tie that is over keeps from judging what was there, not from seeing it.
    return row is not None and not lack(
        row.Committee, person_id, row.lab_id, step_id=None, began_on=date.max
    )


def ties_of(committee_id: int) -> Sequence[DeclaredTie]:
    """Return every tie declared on a committee, oldest first. One statement."""
    return db.session.scalars(
        select(DeclaredTie)
        .where(DeclaredTie.committee_id == committee_id)
        .options(joinedload(DeclaredTie.milestone))
        .order_by(DeclaredTie.id)
    ).all()


def sits_somewhere(
    person_id: int,
    lab_id: int | None = None,
    *,
    over: int | None = None,
    of_lab: int | None = None,
) -> bool:
    """Tell whether a person sits on a committee, by any of their numbers.

    Args:
        person_id: who.
        lab_id: where it is asked: there the lines of its list count too.
        over: only on one that watches what this organization carries out; None for any.
        of_lab: only on one of this lab; None for any.
    """
    query = select(Seat.id).where(
        Seat.ended_on.is_(None), Seat.person_id.in_(identity.numbers(person_id, lab_id))
    )
    if of_lab is not None:
        query = query.join(Thing, Thing.id == Seat.committee_id).where(Thing.lab_id == of_lab)
    if over is not None:
        query = (
            query.join(Committee, Committee.id == Seat.committee_id)
            .join(Work, Work.id == Committee.work_id)
            .where(entity_of_work() == over)
        )
    return db.session.scalar(query.limit(1)) is not None


def announcers(lab_id: int) -> frozenset[int]:
    """Return the organizations that announced a work in a lab: they owe it. One statement."""
    built = select(Work.announced_by_id).join(Thing, Thing.id == Work.id)
    owing = built.where(Thing.lab_id == lab_id, Work.announced_by_id.is_not(None)).distinct()
    return frozenset(body for body in db.session.scalars(owing) if body is not None)


def entity_of_work() -> ColumnElement[int | None]:
    """Return, as SQL, beside ``Work``, the organization that answers for it."""
    agreement = aliased(Agreement)
    agreed_with = (
        select(agreement.organization_id)
        .where(agreement.id == Work.agreement_id)
        .correlate_except(agreement)
        .scalar_subquery()
    )
    return func.coalesce(agreed_with, Work.announced_by_id)
