"""Read which numbers are one person: on one lab's list, and over all labs.

One facilitator's word holds in her own lab. Over all labs holds what gives nobody's account to
another, and what the person said from both accounts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, func, or_, select, union
from sqlalchemy.orm import aliased, joinedload

from labapp.accounts.models import Person
from labapp.db import db
from labapp.labs.models import Lab, LabPerson, SamePerson
from labapp.pagination import PAGE

#: For so long a join can be undone, by whoever facilitates.
DAY = timedelta(days=1)

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


def numbers(person_id: int | None, lab_id: ColumnElement[int | None] | int | None) -> Select[int]:
    """Return, as SQL, every number of this person: over all labs, and on the list of this one."""
    me = select(ONE).where(Person.id == person_id).scalar_subquery()
    everywhere = select(Person.id).where(is_one(me))
    mine, near = aliased(LabPerson), aliased(LabPerson)
    here = (
        select(near.person_id)
        .join(mine, (mine.lab_id == near.lab_id) & (mine.line_id == near.line_id))
        .where(mine.lab_id == lab_id, mine.person_id.in_(everywhere))
    )
    both = union(everywhere, here).subquery()
    return select(both.c[0])


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


def standing_joins(lab_id: int | None = None) -> Sequence[SamePerson]:
    """Return the joins that were not undone, of one lab or of all, oldest first."""
    query = select(SamePerson).where(SamePerson.undone_at.is_(None)).order_by(SamePerson.id)
    if lab_id is not None:
        query = query.where(SamePerson.lab_id == lab_id)
    return db.session.scalars(query).all()


def join(lab_id: int, join_id: int) -> SamePerson | None:
    """Return a join of this lab, or None."""
    return db.session.scalar(
        select(SamePerson).where(SamePerson.lab_id == lab_id, SamePerson.id == join_id)
    )


def latest_joins(lab_id: int) -> Sequence[SamePerson]:
    """Return the last joins of a lab that stand, with their names, newest first."""
    return db.session.scalars(
        select(SamePerson)
        .where(SamePerson.lab_id == lab_id, SamePerson.undone_at.is_(None))
        .options(joinedload(SamePerson.kept), joinedload(SamePerson.other))
        .order_by(SamePerson.id.desc())
        .limit(PAGE)
    ).all()


def joins_of_person(lab_id: int, person_id: int) -> Sequence[SamePerson]:
    """Return the joins that stand within the line of this number, oldest first. One statement."""
    mine, other = aliased(LabPerson), aliased(LabPerson)
    return db.session.scalars(
        select(SamePerson)
        .join(mine, (mine.lab_id == SamePerson.lab_id) & (mine.person_id == person_id))
        .join(other, (other.lab_id == mine.lab_id) & (other.line_id == mine.line_id))
        .where(
            SamePerson.lab_id == lab_id,
            SamePerson.undone_at.is_(None),
            SamePerson.other_id == other.person_id,
        )
        .order_by(SamePerson.id)
    ).all()


def labs_that_joined(person_id: int, now: datetime) -> Sequence[Lab]:
    """Return the labs where somebody said who this person is, and it can still be undone."""
    return db.session.scalars(
        select(Lab)
        .join(LabPerson, LabPerson.lab_id == Lab.id)
        .where(
            LabPerson.person_id == person_id,
            exists().where(
                SamePerson.lab_id == Lab.id,
                SamePerson.undone_at.is_(None),
                or_(SamePerson.objected_at.is_not(None), SamePerson.joined_at > now - DAY),
                SamePerson.other_id.in_(_line_of(LabPerson)),
            ),
        )
        .order_by(Lab.name, Lab.id)
    ).all()


def _line_of(row: type[LabPerson]) -> Select[int]:
    """Return, as SQL, the numbers that stand in one line with this one."""
    near = aliased(LabPerson)
    return select(near.person_id).where(near.lab_id == row.lab_id, near.line_id == row.line_id)


def side_of(row: SamePerson, person_id: int | None) -> int:
    """Return which end of a join a number of its line stands on: the one kept, or the other."""
    line = line_numbers(row.lab_id, [row.kept_id])
    beside = [one for one in joins_among(row.lab_id, line) if one.id != row.id]
    kept = next(group for group in groups(line, beside) if row.kept_id in group)
    return row.kept_id if person_id in kept else row.other_id


def joins_among(lab_id: int, person_ids: Collection[int]) -> Sequence[SamePerson]:
    """Return the joins of a lab that stand and begin and end among these numbers."""
    return db.session.scalars(
        select(SamePerson)
        .where(
            SamePerson.lab_id == lab_id,
            SamePerson.undone_at.is_(None),
            SamePerson.kept_id.in_(person_ids),
            SamePerson.other_id.in_(person_ids),
        )
        .order_by(SamePerson.id)
    ).all()


def joins_reaching(person_ids: Collection[int]) -> Sequence[SamePerson]:
    """Return the joins that hold over all labs, by which these reach others, step by step."""
    reached = set(person_ids)
    while True:
        near = db.session.scalars(
            select(SamePerson)
            .where(
                SamePerson.undone_at.is_(None),
                SamePerson.everywhere_at.is_not(None),
                or_(SamePerson.kept_id.in_(reached), SamePerson.other_id.in_(reached)),
            )
            .order_by(SamePerson.id)
        ).all()
        wider = reached.union(*({row.kept_id, row.other_id} for row in near))
        if wider == reached:
            return near
        reached = wider


def objected_joins() -> Sequence[SamePerson]:
    """Return the joins of all labs that stand though one of the two objected, oldest first."""
    return db.session.scalars(
        select(SamePerson)
        .where(SamePerson.undone_at.is_(None), SamePerson.objected_at.is_not(None))
        .order_by(SamePerson.id)
    ).all()


def last_parting(lab_id: int, person_id: int) -> SamePerson | None:
    """Return the last join of this very number that was undone, or None."""
    return db.session.scalar(
        select(SamePerson)
        .where(
            SamePerson.lab_id == lab_id,
            SamePerson.undone_at.is_not(None),
            or_(SamePerson.kept_id == person_id, SamePerson.other_id == person_id),
        )
        .order_by(SamePerson.undone_at.desc(), SamePerson.id.desc())
        .limit(1)
    )


def may_be_undone(row: SamePerson, now: datetime) -> bool:
    """Tell whether a join stands and can still be undone: its day lasts, or one of them objects."""
    return row.undone_at is None and (row.objected_at is not None or now < row.joined_at + DAY)


def groups(numbers: Iterable[int], joins: Iterable[SamePerson]) -> list[frozenset[int]]:
    """Return the numbers parted into people, by the joins that stand."""
    beside: dict[int, set[int]] = defaultdict(set)
    for row in joins:
        beside[row.kept_id].add(row.other_id)
        beside[row.other_id].add(row.kept_id)
    left, people = set(numbers) | beside.keys(), []
    while left:
        group, reached = set[int](), {min(left)}
        while reached:
            group |= reached
            reached = {near for number in reached for near in beside[number]} - group
        people.append(frozenset(group))
        left -= group
    return people


def drift() -> Iterator[str]:
    """Yield a sentence for each copy of a join that no longer says what the joins say."""
    joins = [row for row in standing_joins() if row.everywhere_at is not None]
    everywhere = {number: min(group) for group in groups((), joins) for number in group}
    rows = db.session.execute(
        select(Person.id, Person.same_as_id)
        .where(or_(Person.same_as_id.is_not(None), Person.id.in_(everywhere)))
        .order_by(Person.id)
    )
    for number, same_as in rows:
        if same_as != everywhere.get(number):
            yield f"person {number}: counted as {same_as}, joined as {everywhere.get(number)}"
    apart = select(LabPerson.id).where(
        LabPerson.line_id != LabPerson.person_id,
        ~select(SamePerson.id)
        .where(
            SamePerson.lab_id == LabPerson.lab_id,
            SamePerson.undone_at.is_(None),
            or_(
                SamePerson.kept_id == LabPerson.person_id,
                SamePerson.other_id == LabPerson.person_id,
            ),
        )
        .exists(),
    )
    for key in db.session.scalars(apart.order_by(LabPerson.id)):
        yield f"line {key} of a list of people: it stands for another, and nobody joined them"
    two = LabPerson.__table__.alias("two")
    parted = (
        select(SamePerson.id)
        .join(
            LabPerson,
            (LabPerson.lab_id == SamePerson.lab_id) & (LabPerson.person_id == SamePerson.kept_id),
        )
        .join(two, (two.c.lab_id == SamePerson.lab_id) & (two.c.person_id == SamePerson.other_id))
        .where(SamePerson.undone_at.is_(None), two.c.line_id != LabPerson.line_id)
    )
    for key in db.session.scalars(parted.order_by(SamePerson.id)):
        yield f"join {key} of a list of people: its two numbers are two lines"
