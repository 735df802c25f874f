"""Look for somebody by part of the name: one line or a handful of names, never a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.folding import fold
from labapp.labs.models import LabPerson
from labapp.labs.queries.sql_fold import sql_fold
from labapp.pagination import ENOUGH
from labapp.voting import name_part
from labapp.voting.queries.namesakes import distinctions

#: The most names to choose from; namesakes typed whole are all shown, up to a page.
HANDFUL = 6


@dataclass(frozen=True, slots=True)
class FoundName:
    """Somebody whose name has the letters typed; nothing here says whether they took part.

    Attributes:
        known_as: what tells them apart from a namesake; empty where nothing is noted.
    """

    person_id: int
    name: str
    has_account: bool
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class NameSearch:
    """What part of a name finds.

    Attributes:
        is_enough: whether letters enough were typed to look for anybody.
        names: at most a handful.
        more: whether others match: more letters are needed.
    """

    is_enough: bool = False
    names: Sequence[FoundName] = ()
    more: bool = False

    def pick(self, person_id: int | None) -> FoundName | None:
        """Return the only one there is, or the one of these who was chosen."""
        if len(self.names) == 1:
            return self.names[0]
        return next((one for one in self.names if one.person_id == person_id), None)


def search_name(among: Select[int] | Sequence[int], *, lab_id: int, words: str) -> NameSearch:
    """Return who of these people has each of these words in the name, however written.

    Whoever deleted their account is not found: their line of a roll is nobody's to use.
    Without three letters side by side only a name typed whole finds anybody. Two statements.

    Args:
        among: the numbers of the people, or the SQL that gives them.
        lab_id: where they are told apart.
        words: what was typed.
    """
    whole, name = fold(words), sql_fold(Person.name)
    if not name_part.may_be_whole(words):
        return NameSearch()
    is_enough = name_part.is_enough(words)
    narrowed = or_(
        _is_called(name, whole, is_enough=is_enough),
        _is_also_called(lab_id, whole, is_enough=is_enough),
    )
    rows = db.session.execute(
        select(Person.id, Person.name, Person.username.is_not(None))
        .where(Person.id.in_(among), Person.deleted_at.is_(None), narrowed)
        .order_by((name != whole), name, Person.id)
        .limit(ENOUGH)
    ).all()
    namesakes = sum(1 for row in rows if fold(row[1]) == whole)
    shown = rows[: max(HANDFUL, namesakes)]
    apart = distinctions(lab_id, [row[0] for row in shown])
    names = [FoundName(*row, apart.get(row[0], "")) for row in shown]
    return NameSearch(is_enough or bool(names), names, len(rows) > len(shown))


def _is_called(name: ColumnElement[str], whole: str, *, is_enough: bool) -> ColumnElement[bool]:
    if not is_enough:
        return name == whole
    return and_(*(name.contains(word, autoescape=True) for word in whole.split()))


def _is_also_called(lab_id: int, whole: str, *, is_enough: bool) -> ColumnElement[bool]:
    """Say, in a query, that another number of the same line of this lab bears the name.

    Whoever was registered by one name and joined with an account of another comes by either.
    """
    twin, here, there = aliased(Person), aliased(LabPerson), aliased(LabPerson)
    return exists().where(
        here.lab_id == lab_id,
        here.person_id == Person.id,
        there.lab_id == lab_id,
        there.line_id == here.line_id,
        there.person_id == twin.id,
        twin.id != Person.id,
        _is_called(sql_fold(twin.name), whole, is_enough=is_enough),
    )
