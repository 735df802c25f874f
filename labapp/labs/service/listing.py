"""Write the list of people of a lab: who is on it, and whose line each number is."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import insert, select, update

from labapp.accounts.models import Person
from labapp.db import db
from labapp.labs.models import LabPerson
from labapp.labs.queries import joins


def put_on_list(
    lab_id: int,
    person_ids: Collection[int],
    *,
    now: datetime,
    by: int | None,
    known_as: Mapping[int, str] | None = None,
) -> None:
    """Put people on the list of a lab; who is on it stays as they are. Flushes.

    Args:
        lab_id: the lab.
        person_ids: numbers of people.
        now: the instant of the act.
        by: who puts them there.
        known_as: the sector or nickname by which some of them are told from a namesake.
    """
    there = db.session.scalars(
        select(LabPerson.person_id).where(
            LabPerson.lab_id == lab_id, LabPerson.person_id.in_(person_ids)
        )
    ).all()
    marks = known_as or {}
    added = [
        {
            "lab_id": lab_id,
            "person_id": person_id,
            "line_id": person_id,
            "known_as": marks.get(person_id, ""),
            "listed_at": now,
            "listed_by_id": by,
        }
        for person_id in person_ids
        if person_id not in there
    ]
    if added:
        db.session.execute(insert(LabPerson), added)


def forget_marks(lab_id: int, person_ids: Collection[int]) -> None:
    """Erase how these numbers were told apart. Flushes."""
    db.session.execute(
        update(LabPerson)
        .where(LabPerson.lab_id == lab_id, LabPerson.person_id.in_(person_ids))
        .values(known_as="")
    )


def stand_anew(lab_id: int, person_ids: Collection[int]) -> None:
    """Say again, by the joins that stand, which number stands for each of these. Flushes.

    For a person stands a number with an account before one without, and of two the one that came
    on the list first: whoever joins them does not choose.
    """
    rows = {
        row.person_id: (row, person)
        for row, person in db.session.execute(
            select(LabPerson, Person)
            .join(Person, Person.id == LabPerson.person_id)
            .where(LabPerson.lab_id == lab_id, LabPerson.person_id.in_(person_ids))
        )
    }
    for group in joins.groups(rows, joins.joins_among(lab_id, person_ids)):
        stands = min(group, key=lambda number: _rank(*rows[number]))
        for number in group:
            rows[number][0].line_id = stands
    db.session.flush()


def copy_identity(person_ids: Collection[int]) -> frozenset[int]:
    """Say again, by the joins that hold over all labs, who each of these is; return all concerned.

    Flushes.
    """
    reaching = joins.joins_reaching(person_ids)
    counted = {n: group for group in joins.groups(person_ids, reaching) for n in group}
    for person in db.session.scalars(select(Person).where(Person.id.in_(counted))):
        group = counted[person.id]
        person.same_as_id = min(group) if len(group) > 1 else None
    db.session.flush()
    return frozenset(counted)


def _rank(row: LabPerson, person: Person) -> tuple[bool, bool, int]:
    return person.deleted_at is not None, person.username is None, row.id
