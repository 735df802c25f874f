"""Read for which organizations a person acts, or once acted, over all labs: who is of whom.

Independence is judged over all labs and over history: a role that ended yesterday counts.
"""

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, or_, select
from sqlalchemy.orm import aliased

from labapp.accounts.models import Person
from labapp.db import db
from labapp.labs.models import Grant, LabPerson
from labapp.labs.queries import identity


def bodies_ever(person_id: int | None, lab_id: int | None = None) -> frozenset[int]:
    """Return the organizations for which a person answers or stands, now or once. One statement.

    Args:
        person_id: by any of their numbers, in any lab; None for nobody.
        lab_id: where it is asked: there the lines of its list count too.
    """
    if person_id is None:
        return frozenset()
    return frozenset(
        body
        for body in db.session.scalars(
            select(Grant.organization_id)
            .where(
                Grant.person_id.in_(identity.numbers(person_id, lab_id)),
                Grant.organization_id.is_not(None),
            )
            .distinct()
        )
        if body is not None
    )


def is_of(
    organization_id: SQLColumnExpression[int | None], lab_id: SQLColumnExpression[int | None]
) -> ColumnElement[bool]:
    """Return, as SQL, beside ``Person``, whether they are or once were of an organization."""
    grant, holder = aliased(Grant), aliased(Person)
    mine, near = aliased(LabPerson), aliased(LabPerson)
    everywhere = (
        select(holder.id)
        .where(or_(holder.id == Person.id, holder.same_as_id == Person.same_as_id))
        .correlate_except(holder)
    )
    here = (
        select(near.person_id)
        .join(mine, (mine.lab_id == near.lab_id) & (mine.line_id == near.line_id))
        .where(mine.lab_id == lab_id, mine.person_id == Person.id)
        .correlate_except(near, mine)
    )
    return exists(
        select(grant.id)
        .where(
            grant.organization_id == organization_id,
            or_(grant.person_id.in_(everywhere), grant.person_id.in_(here)),
        )
        .correlate_except(grant)
    )
