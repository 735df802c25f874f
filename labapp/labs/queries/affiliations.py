"""Read for which organizations a person acts, or once acted, over all labs: who is of whom.

Independence is judged over all labs and over history: a role that ended yesterday counts.
"""

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, select
from sqlalchemy.orm import aliased

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.roles import Role
from labapp.labs.models import Grant
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
    organization_id: SQLColumnExpression[int | None],
    lab_id: SQLColumnExpression[int | None],
    whose: type[Person] = Person,
) -> ColumnElement[bool]:
    """Return, as SQL, whether somebody is or once was of an organization.

    Args:
        organization_id: the organization.
        lab_id: where it is asked: there the lines of its list count too.
        whose: the table, or the alias of it, beside which it stands.
    """
    grant = aliased(Grant)
    return exists(
        select(grant.id)
        .where(
            grant.organization_id == organization_id,
            grant.person_id.in_(identity.numbers_of(whose, lab_id)),
        )
        .correlate_except(grant)
    )


def facilitates(
    lab_id: SQLColumnExpression[int | None], whose: type[Person] = Person
) -> ColumnElement[bool]:
    """Return, as SQL, whether somebody facilitates or once facilitated a lab; as ``is_of``."""
    grant = aliased(Grant)
    return exists(
        select(grant.id)
        .where(
            grant.lab_id == lab_id,
            grant.role == Role.FACILITATOR,
            grant.person_id.in_(identity.numbers_of(whose, lab_id)),
        )
        .correlate_except(grant)
    )
