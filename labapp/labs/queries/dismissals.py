"""Read who was taken off the list of members, what they appealed, and who stays on a roll."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, union
from sqlalchemy.orm import joinedload

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Grant, LabPerson
from labapp.labs.models.dismissal import Dismissal
from labapp.labs.queries import identity
from labapp.pagination import PAGE

#: For so long before a vote nobody is taken off; whoever was, votes in it still.
BEFORE_A_VOTE = timedelta(days=10)


def roll_ids(lab_id: int, opens_at: datetime) -> Sequence[int]:
    """Return who may vote in a vote that opens then, one number a person. One statement.

    They are the members, and whoever was taken off in the ten days before.
    """
    members = (
        select(func.coalesce(LabPerson.line_id, Grant.person_id))
        .select_from(Grant)
        .outerjoin(
            LabPerson,
            (LabPerson.lab_id == Grant.lab_id) & (LabPerson.person_id == Grant.person_id),
        )
        .where(Grant.lab_id == lab_id, Grant.role == Role.MEMBER, Grant.ended_at.is_(None))
    )
    dismissed = (
        select(func.coalesce(LabPerson.line_id, Dismissal.person_id))
        .select_from(Dismissal)
        .join(Person, Person.id == Dismissal.person_id)
        .outerjoin(
            LabPerson,
            (LabPerson.lab_id == Dismissal.lab_id) & (LabPerson.person_id == Dismissal.person_id),
        )
        .where(
            Dismissal.lab_id == lab_id,
            Dismissal.made_at > opens_at - BEFORE_A_VOTE,
            Person.deleted_at.is_(None),
        )
    )
    return sorted(db.session.scalars(union(members, dismissed)))


def awaits_antai() -> ColumnElement[bool]:
    """Return, as SQL, whether an appeal waits for ANTAI."""
    return Dismissal.appealed_at.is_not(None) & Dismissal.ruled_at.is_(None)


def unheard(now: datetime) -> Sequence[Dismissal]:
    """Return the appeals of all labs whose term has passed, oldest first."""
    return db.session.scalars(
        select(Dismissal).where(awaits_antai(), Dismissal.due_at <= now).order_by(Dismissal.id)
    ).all()


def dismissal(lab_id: int, dismissal_id: int) -> Dismissal | None:
    """Return a dismissal of this lab, or None."""
    return db.session.scalar(
        select(Dismissal).where(Dismissal.lab_id == lab_id, Dismissal.id == dismissal_id)
    )


def of_person(lab_id: int, person_id: int) -> Dismissal | None:
    """Return the last time this person, by any number, was taken off this list, or None."""
    return db.session.scalar(
        select(Dismissal)
        .where(
            Dismissal.lab_id == lab_id,
            Dismissal.person_id.in_(identity.numbers(person_id, lab_id)),
        )
        .order_by(Dismissal.id.desc())
        .limit(1)
    )


def to_tell(person_id: int) -> Sequence[Dismissal]:
    """Return what somebody is told on the front page: where they were taken off, and may appeal."""
    return db.session.scalars(
        select(Dismissal)
        .where(Dismissal.person_id == person_id, Dismissal.ruled_at.is_(None))
        .options(joinedload(Dismissal.lab))
        .order_by(Dismissal.id.desc())
        .limit(PAGE)
    ).all()


def latest(lab_id: int) -> Sequence[Dismissal]:
    """Return the last who were taken off a list, with their names, newest first."""
    return db.session.scalars(
        select(Dismissal)
        .where(Dismissal.lab_id == lab_id)
        .options(joinedload(Dismissal.person))
        .order_by(Dismissal.id.desc())
        .limit(PAGE)
    ).all()


def may_appeal(actor: Actor, row: Dismissal) -> bool:
    """Tell whether this is the person, or a facilitator who notes it for one without an account."""
    if actor.person_id in identity.same_people(row.person_id, row.lab_id):
        return True
    return Role.FACILITATOR in actor.roles and row.person.username is None


def may_rule(actor: Actor, row: Dismissal) -> bool:
    """Tell whether somebody neither was taken off nor took the other off."""
    numbers = identity.same_people(actor.person_id, row.lab_id)
    return not numbers & {row.person_id, row.made_by_id}
