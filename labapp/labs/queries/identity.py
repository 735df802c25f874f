"""Read which numbers are one person: on one lab's list, and over all labs.

One facilitator's word holds in her own lab. Over all labs holds what gives nobody's account to
another, and what the person said from both accounts.
"""

from collections.abc import Iterable

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    SQLColumnExpression,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from labapp.accounts.models import Person
from labapp.db import db
from labapp.labs.models import LabPerson

#: As SQL, beside ``Person``: the number as which they count where different people are asked for.
ONE = func.coalesce(Person.same_as_id, Person.id)


def one_in(
    lab_id: SQLColumnExpression[int | None], whose: type[Person] = Person
) -> ColumnElement[int]:
    """Return, as SQL, beside ``Person``, the number as which they count in a lab.

    It is one for all numbers of a line there, whoever joined them.

    Args:
        lab_id: the lab.
        whose: the table, or the alias of it that is asked about.
    """
    mine, near, person = aliased(LabPerson), aliased(LabPerson), aliased(Person)
    of_the_line = (
        select(func.min(func.coalesce(person.same_as_id, person.id)))
        .select_from(mine)
        .join(near, (near.lab_id == mine.lab_id) & (near.line_id == mine.line_id))
        .join(person, person.id == near.person_id)
        .where(mine.lab_id == lab_id, mine.person_id == whose.id)
        .correlate_except(mine, near, person)
        .scalar_subquery()
    )
    return func.coalesce(of_the_line, whose.same_as_id, whose.id)


def same_people(person_id: int | None, lab_id: int | None = None) -> frozenset[int]:
    """Return every number of this person, this one among them. One statement.

    Args:
        person_id: a number; None for nobody.
        lab_id: where it is asked: there the lines of its list count too; None for all labs alone.
    """
    if person_id is None:
        return frozenset()
    return frozenset(db.session.scalars(numbers(person_id, lab_id))) | {person_id}


def numbers(
    person_id: SQLColumnExpression[int] | int | None,
    lab_id: SQLColumnExpression[int | None] | int | None,
) -> Select[int]:
    """Return, as SQL, every number of this person: over all labs, and on the list of this one."""
    return select(closure(_everywhere(Person.id == person_id), lab_id).subquery().c[0])


def numbers_of(
    whose: type[Person], lab_id: SQLColumnExpression[int | None] | int | None
) -> CompoundSelect[int]:
    """Return the same, as SQL, beside a row of ``Person`` or of an alias of it."""
    mine, near = aliased(Person), aliased(Person)
    own = select(near.id).join(mine, _is_same(near, mine)).where(mine.id == whose.id)
    return closure(own.correlate_except(mine, near), lab_id)


def closure(
    known: Select[int], lab_id: SQLColumnExpression[int | None] | int | None
) -> CompoundSelect[int]:
    """Return, as SQL, all numbers that these reach: their lines in a lab, theirs everywhere, again.

    Who is one with whom does not depend on which of the two is asked about.
    """
    mine, near = aliased(Person), aliased(Person)
    reached = union(known, _on_list(known, lab_id))
    wider = select(near.id).join(mine, _is_same(near, mine)).where(mine.id.in_(reached))
    return union(wider, _on_list(wider, lab_id))


def _everywhere(whose: ColumnElement[bool]) -> Select[int]:
    me = select(ONE).where(whose).scalar_subquery()
    return select(Person.id).where(is_one(me))


def _is_same(near: type[Person], mine: type[Person]) -> ColumnElement[bool]:
    return or_(near.id == mine.id, near.same_as_id == mine.same_as_id)


def _on_list(
    known: Select[int], lab_id: SQLColumnExpression[int | None] | int | None
) -> Select[int]:
    mine, near = aliased(LabPerson), aliased(LabPerson)
    return (
        select(near.person_id)
        .join(mine, (mine.lab_id == near.lab_id) & (mine.line_id == near.line_id))
        .where(mine.lab_id == lab_id, mine.person_id.in_(known))
        .correlate_except(mine, near)
    )


def numbers_in_every_lab(person_id: int) -> frozenset[int]:
    """Return every number that is this person's, by the word of any lab. Two statements a step."""
    reached = frozenset({person_id})
    while True:
        near, mine = aliased(LabPerson), aliased(LabPerson)
        beside = (
            select(near.person_id)
            .join(mine, (mine.lab_id == near.lab_id) & (mine.line_id == near.line_id))
            .where(mine.person_id.in_(reached))
        )
        other, own = aliased(Person), aliased(Person)
        same = select(other.id).join(own, _is_same(other, own)).where(own.id.in_(reached))
        wider = reached.union(db.session.scalars(beside), db.session.scalars(same))
        if wider == reached:
            return reached
        reached = wider


def is_one(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Return, as SQL, whether ``Person`` counts as this number; each side has its index."""
    alone = (Person.id == number) & Person.same_as_id.is_(None)
    return or_(alone, Person.same_as_id == number)


def are_one(one: int | None, two: int | None, lab_id: int | None = None) -> bool:
    """Tell whether two numbers are one person, as ``same_people``. Nobody is as nobody else."""
    return one is not None and two is not None and (one == two or two in same_people(one, lab_id))


def line(lab_id: int, person_id: int) -> LabPerson | None:
    """Return the row of this number on a lab's list, or None."""
    return db.session.scalar(
        select(LabPerson).where(LabPerson.lab_id == lab_id, LabPerson.person_id == person_id)
    )


def line_numbers(lab_id: int, person_ids: Iterable[int]) -> frozenset[int]:
    """Return every number that stands in a line with one of these, on this lab's list."""
    lines = select(LabPerson.line_id).where(
        LabPerson.lab_id == lab_id, LabPerson.person_id.in_(set(person_ids))
    )
    return frozenset(
        db.session.scalars(
            select(LabPerson.person_id).where(
                LabPerson.lab_id == lab_id, LabPerson.line_id.in_(lines)
            )
        )
    )
