"""Read who declared what before serving a lab, and who is of an entity that owes it something."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from labapp import hooks
from labapp.db import db
from labapp.domain.interests import SERVING
from labapp.labs.models import Grant, InterestDeclaration, LabPerson
from labapp.labs.queries import affiliations, identity
from labapp.organizations.models import Organization


def debtors(lab_id: int) -> frozenset[int]:
    """Return the organizations that owe this lab something, as each room says."""
    return frozenset[int]().union(*(owing(lab_id) for owing in hooks.debtors))


def debtors_called(lab_id: int) -> Sequence[Organization]:
    """Return them as rows, by name."""
    return db.session.scalars(
        select(Organization)
        .where(Organization.id.in_(debtors(lab_id)))
        .order_by(Organization.name, Organization.id)
    ).all()


def ties(lab_id: int, person_id: int) -> frozenset[int]:
    """Return the organizations that owe this lab something and that this person is or was of."""
    bodies = affiliations.bodies_ever(person_id, lab_id)
    return bodies & debtors(lab_id) if bodies else bodies


def declarations(lab_id: int, person_id: int) -> list[InterestDeclaration]:
    """Return the latest declaration in this lab of each number of a person, oldest first."""
    rows = db.session.scalars(
        select(InterestDeclaration)
        .where(
            InterestDeclaration.lab_id == lab_id,
            InterestDeclaration.person_id.in_(identity.numbers(person_id, lab_id)),
        )
        .order_by(InterestDeclaration.id)
    ).all()
    return sorted({row.person_id: row for row in rows}.values(), key=lambda row: row.id)


def has_contract(lab_id: int, person_id: int) -> bool:
    """Tell whether a person declared here work or a contract with an entity that owes the lab."""
    return any(row.has_contract for row in declarations(lab_id, person_id))


def latest_of(lab_id: int, person_ids: Collection[int]) -> dict[int, InterestDeclaration]:
    """Return number -> what was declared last by it or another of its line. One statement."""
    near = aliased(LabPerson)
    rows = db.session.execute(
        select(LabPerson.person_id, InterestDeclaration)
        .join(near, and_(near.lab_id == LabPerson.lab_id, near.line_id == LabPerson.line_id))
        .join(
            InterestDeclaration,
            and_(
                InterestDeclaration.lab_id == LabPerson.lab_id,
                InterestDeclaration.person_id == near.person_id,
            ),
        )
        .where(LabPerson.lab_id == lab_id, LabPerson.person_id.in_(person_ids))
        .order_by(InterestDeclaration.id)
    )
    return dict(rows.all())


def serving(lab_id: int, numbers: Collection[int]) -> Sequence[Grant]:
    """Return what these numbers hold now of the roles that serve this lab, oldest first."""
    return db.session.scalars(
        select(Grant)
        .where(
            Grant.lab_id == lab_id,
            Grant.person_id.in_(numbers),
            Grant.role.in_(SERVING),
            Grant.ended_at.is_(None),
        )
        .order_by(Grant.id)
    ).all()


def everybody_serving(lab_id: int) -> Sequence[Grant]:
    """Return every grant of a role that serves this lab and has not ended, oldest first."""
    return db.session.scalars(
        select(Grant)
        .where(Grant.lab_id == lab_id, Grant.role.in_(SERVING), Grant.ended_at.is_(None))
        .order_by(Grant.id)
    ).all()


def labs_served(person_id: int) -> Sequence[int]:
    """Return the labs that any number of this person serves, by whichever lab's word it is one."""
    return db.session.scalars(
        select(Grant.lab_id)
        .where(
            Grant.person_id.in_(identity.numbers_in_every_lab(person_id)),
            Grant.role.in_(SERVING),
            Grant.ended_at.is_(None),
        )
        .distinct()
        .order_by(Grant.lab_id)
    ).all()
