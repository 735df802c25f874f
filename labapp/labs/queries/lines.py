"""Read the list of people of a lab: its lines, and who on it sounds alike."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.folding import fold
from labapp.domain.roles import Role
from labapp.labs.likeness import is_same_name, near, score, sounds
from labapp.labs.models import Grant, LabPerson
from labapp.labs.queries.sql_fold import sql_fold
from labapp.pagination import Page, oldest_first, page_of

#: Of one name, how many who sound alike are asked about.
MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody on the list, by one of their numbers.

    Attributes:
        key: of the row, in the order in which people came on the list.
        person_id: this number.
        line_id: the number that stands for the person.
        known_as: their sector or nickname; empty where nobody asked for one.
        has_account: whether this number signs in.
        listed_at: when it came on the list.
        listed_by: the name of whoever put it there; None where that is not known.
        membership: a grant that makes the person a member now, or None.
    """

    key: int
    person_id: int
    line_id: int
    name: str
    known_as: str
    has_account: bool
    listed_at: datetime
    listed_by: str | None
    membership: int | None


def page(lab_id: int, *, words: str = "", after: int | None = None) -> Page[ListedPerson, int]:
    """Return a page of the list, one line a person, in the order in which they came on it.

    Args:
        lab_id: the lab.
        words: only those of whom one number's name or mark holds each of these parts of words.
        after: the key that the page before ended with.
    """
    query = _listed(lab_id).where(LabPerson.person_id == LabPerson.line_id)
    for word in fold(words).split():
        query = query.where(LabPerson.line_id.in_(_holding(lab_id, word)))
    rows = db.session.execute(oldest_first(query, LabPerson.id, after))
    return page_of([ListedPerson(*row) for row in rows], lambda row: row.key)


def _holding(lab_id: int, word: str) -> Select[int]:
    here, person = aliased(LabPerson), aliased(Person)
    written = sql_fold(person.name + " " + here.known_as)
    return (
        select(here.line_id)
        .join(person, person.id == here.person_id)
        .where(here.lab_id == lab_id, written.contains(word, autoescape=True))
    )


def lines_of(lab_id: int, person_ids: Collection[int]) -> dict[int, ListedPerson]:
    """Return these people as they stand on the list, by number. One statement."""
    rows = db.session.execute(_listed(lab_id).where(LabPerson.person_id.in_(person_ids)))
    return {row.person_id: ListedPerson(*row) for row in rows}


def everybody(lab_id: int) -> Sequence[ListedPerson]:
    """Return every number on the list, to compare names typed with theirs. One statement."""
    rows = db.session.execute(_listed(lab_id).where(Person.deleted_at.is_(None)))
    return [ListedPerson(*row) for row in rows]


def _listed(lab_id: int) -> Select[*tuple[Any, ...]]:
    who = aliased(Person)
    return (
        select(
            LabPerson.id,
            LabPerson.person_id,
            LabPerson.line_id,
            Person.name,
            LabPerson.known_as,
            Person.username.is_not(None),
            LabPerson.listed_at,
            who.name,
            _membership(),
        )
        .join(Person, Person.id == LabPerson.person_id)
        .outerjoin(who, who.id == LabPerson.listed_by_id)
        .where(LabPerson.lab_id == lab_id)
        .order_by(LabPerson.id)
    )


def _membership() -> ColumnElement[int | None]:
    """Return, as SQL, a grant that makes whoever is listed a member, by any of their numbers."""
    same = aliased(LabPerson)
    return (
        select(func.min(Grant.id))
        .join(same, (same.lab_id == Grant.lab_id) & (same.person_id == Grant.person_id))
        .where(
            same.lab_id == LabPerson.lab_id,
            same.line_id == LabPerson.line_id,
            Grant.role == Role.MEMBER,
            Grant.ended_at.is_(None),
        )
        .scalar_subquery()
    )


def alike(
    name: str, people: Iterable[ListedPerson], *, but: Collection[int] = ()
) -> list[ListedPerson]:
    """Return who of these people sounds like this name, the likest first, each person once.

    Args:
        name: as typed.
        people: as ``everybody`` returns them.
        but: lines that are not asked about.
    """
    heard = sounds(name)
    listed = [(sounds(row.name), row) for row in people if row.line_id not in but]
    # Most pairs share no word: each word of the list is compared once, whoever has it.
    known = near(heard, {word for words, _row in listed for word in words})
    scored = [
        (1.0 if is_same_name(name, row.name) else score(heard, words), row)
        for words, row in listed
        if sum(map(known.__contains__, words)) >= min(len(words), len(heard))
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].key))
    by_line: dict[int, ListedPerson] = {}
    for likeness, row in scored:
        if likeness:
            by_line.setdefault(row.line_id, row)
    return list(by_line.values())[:MOST_ALIKE]


def namesakes(name: str, people: Iterable[ListedPerson]) -> list[ListedPerson]:
    """Return who of these people is written the same, but for marks, capitals and order."""
    return [row for row in people if is_same_name(name, row.name)]
