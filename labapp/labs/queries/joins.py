"""Read the joins of lines of a list: which stand, which may be undone, who is whom by them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    Select,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import aliased, joinedload

from labapp.accounts.models import Person
from labapp.db import db
from labapp.labs.models import Lab, LabPerson, SamePerson
from labapp.labs.queries import identity
from labapp.pagination import PAGE

#: For so long a join can be undone, by whoever facilitates.
DAY = timedelta(days=1)


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
    line = identity.line_numbers(row.lab_id, [row.kept_id])
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
