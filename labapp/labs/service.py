"""Write labs: draft, approve, admit people, grant and end roles."""

from datetime import datetime

from sqlalchemy import select

from labapp.accounts.leaving import on_leaving
from labapp.db import db
from labapp.domain.roles import Role
from labapp.labs.models import Grant, Lab


def grant(
    lab_id: int,
    person_id: int,
    role: Role,
    *,
    source: str,
    now: datetime,
    organization_id: int | None = None,
) -> Grant:
    """Give a role in a lab; giving it again from the same source revives the same row.

    Args:
        lab_id: the lab.
        person_id: who receives it.
        role: one of ``roles.IN_LAB``.
        source: what grants it: ``admitted``, ``drafted``, ``committee:<id>``.
        now: the instant of the act.
        organization_id: on whose behalf; obligatory for RESPONSIBLE.

    Returns:
        The grant, flushed.
    """
    row = db.session.scalar(
        select(Grant).where(
            Grant.lab_id == lab_id,
            Grant.person_id == person_id,
            Grant.role == role,
            Grant.source == source,
        )
    )
    if row is None:
        row = Grant(lab_id=lab_id, person_id=person_id, role=role, source=source, granted_at=now)
        db.session.add(row)
    row.organization_id, row.ended_at = organization_id, None
    db.session.flush()
    return row


def end_grants(lab_id: int, person_id: int, source: str, *, now: datetime) -> None:
    """End what one source granted to a person; other grants of the same role stay. Flushes."""
    rows = db.session.scalars(
        select(Grant).where(
            Grant.lab_id == lab_id,
            Grant.person_id == person_id,
            Grant.source == source,
            Grant.ended_at.is_(None),
        )
    )
    for row in rows:
        row.ended_at = now
    db.session.flush()


@on_leaving
def end_every_grant(person_id: int, now: datetime) -> None:
    """End every role in every lab of somebody who deletes their account. Flushes."""
    rows = db.session.scalars(
        select(Grant).where(Grant.person_id == person_id, Grant.ended_at.is_(None))
    )
    for row in rows:
        row.ended_at = now
    db.session.flush()


def stir(lab: Lab, now: datetime) -> None:
    """Note that something happened that the public can see."""
    lab.stirred_at = now
