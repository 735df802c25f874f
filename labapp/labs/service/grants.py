"""Write who holds a role in a lab: whoever does is on its list of people."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select

from labapp import hooks
from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.roles import Role, RoleGrant
from labapp.labs.models import Grant, LabPerson
from labapp.labs.queries import identity
from labapp.labs.service import interests, listing


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
        person_id: who receives it; put on the list of people if not there.
        role: one of ``roles.IN_LAB``.
        source: what grants it: ``admitted``, ``drafted``, ``committee:<id>``.
        now: the instant of the act.
        organization_id: on whose behalf; obligatory for RESPONSIBLE.

    Returns:
        The grant, flushed.

    Raises:
        Conflict: this person is not free to serve, or a later room refuses that they hold it.
    """
    given = RoleGrant(lab_id, person_id, role, organization_id)
    interests.require_free(given)
    listing.put_on_list(lab_id, [person_id], now=now, by=None)
    rows = _of_source(lab_id, [person_id], role, source)
    row = rows.get(person_id)
    if row is None:
        row = Grant(lab_id=lab_id, person_id=person_id, role=role, source=source, granted_at=now)
        db.session.add(row)
    row.organization_id, row.ended_at = organization_id, None
    db.session.flush()
    hooks.on_grant.call(given, now)
    return row


def make_members(lab_id: int, person_ids: Collection[int], *, source: str, now: datetime) -> None:
    """Make members of several people on the list, in a few statements. Flushes."""
    there = _of_source(lab_id, person_ids, Role.MEMBER, source)
    for row in there.values():
        row.ended_at = None
    made = [
        {
            "lab_id": lab_id,
            "person_id": person_id,
            "role": Role.MEMBER,
            "source": source,
            "granted_at": now,
        }
        for person_id in person_ids
        if person_id not in there
    ]
    if made:
        db.session.execute(insert(Grant), made)
    db.session.flush()


def _of_source(
    lab_id: int, person_ids: Collection[int], role: Role, source: str
) -> dict[int, Grant]:
    """Return what one source granted to each of these people, ended or not."""
    rows = db.session.scalars(
        select(Grant).where(
            Grant.lab_id == lab_id,
            Grant.person_id.in_(person_ids),
            Grant.role == role,
            Grant.source == source,
        )
    )
    return {row.person_id: row for row in rows}


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


def end_membership(lab_id: int, person_ids: Collection[int], *, now: datetime) -> None:
    """End the membership of these numbers, whatever granted it. Flushes."""
    rows = db.session.scalars(
        select(Grant).where(
            Grant.lab_id == lab_id,
            Grant.person_id.in_(person_ids),
            Grant.role == Role.MEMBER,
            Grant.ended_at.is_(None),
        )
    )
    for row in rows:
        row.ended_at = now
    db.session.flush()


def end_every_grant(person_id: int, now: datetime) -> None:
    """End every role in every lab of somebody who deletes their account. Flushes.

    Where their line has no other account, the numbers without one go with it: the person was
    registered in a room too, and leaves as whoever they were there.
    """
    rows = db.session.scalars(
        select(Grant).where(Grant.person_id == person_id, Grant.ended_at.is_(None))
    )
    for row in rows:
        row.ended_at = now
    left = db.session.get_one(Person, person_id)
    for lab_id in db.session.scalars(
        select(LabPerson.lab_id).where(LabPerson.person_id == person_id).order_by(LabPerson.lab_id)
    ).all():
        numbers = identity.line_numbers(lab_id, [person_id])
        people = db.session.scalars(
            select(Person).where(Person.id.in_(numbers)).order_by(Person.id)
        ).all()
        if not any(person.username for person in people):
            end_membership(lab_id, numbers, now=now)
            listing.forget_marks(lab_id, numbers)
            for person in people:
                person.name, person.deleted_at = left.name, person.deleted_at or now
        listing.stand_anew(lab_id, numbers)
    db.session.flush()
