"""What a room brings to the house: the shape of the ``room.py`` that each of them has."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from flask import Blueprint
from sqlalchemy import ColumnElement, ScalarSelect, SQLColumnExpression
from sqlalchemy.orm.interfaces import ORMOption

from labapp.domain.kinds import Kind
from labapp.domain.policy import Act
from labapp.domain.roles import RoleGrant

#: Receives the instant; safe to repeat, and commits for itself.
Task = Callable[[datetime], object]
#: Gives one sentence for each counter that no longer says what its rows say.
Drift = Callable[[], Iterator[str]]
#: Receives who acted (``record.acting.Acting``) and what they did; changes rows, never commits.
Listener = Callable[[Any, Act], None]
#: Receives the number of a person who deletes their account, and the instant; flushes only.
Farewell = Callable[[int, datetime], None]
#: Receives who acts where only somebody apart from the lab does; raises a refusal, or nothing.
ApartGuard = Callable[[Any], None]
#: Receives the role that somebody was given, and the instant; raises a refusal, or counts again.
GrantGuard = Callable[[RoleGrant, datetime], None]
#: Receives the number of a vote whose hall is reconciled, and the instant; after the commit, and
#: commits for itself.
Reconciled = Callable[[int, datetime], None]
#: Receives the number of an agreement and that of a person; tells whether that person watches it.
Watcher = Callable[[int, int], bool]
#: Receives the lab, the numbers of each of two lines about to be joined, and the instant; raises a
#: refusal, or does nothing.
JoinGuard = Callable[[int, frozenset[int], frozenset[int], datetime], None]
#: Receives the lab, the numbers of a join about to be undone, when it was made, and the instant.
PartGuard = Callable[[int, frozenset[int], datetime, datetime], None]
#: Receives the numbers of those who were joined or parted, and the instant; flushes only.
Recount = Callable[[frozenset[int], datetime], None]

#: Receives the lab from whose list somebody is taken off, and the instant; raises a refusal.
DismissalGuard = Callable[[int, datetime], None]
#: Gives the organizations that owe something to the lab of this number.
Debtors = Callable[[int], frozenset[int]]


#: Receives the number of a thing of which texts or files were taken away or put back, and the
#: instant; flushes only.
Rewritten = Callable[[int, datetime], None]
#: Receives who acts and the number of a thing that ANTAI has published after all; flushes only.
PublicationWon = Callable[[Any, int], None]


class PublicText(NamedTuple):
    """A text that somebody sent and the public reads."""

    #: Table, row and column.
    key: str
    text: str
    #: Whether the thing is called by it: once it is gone, the words that say so stand here.
    heads: bool
    #: Whether it is of whoever the thing is of: an answer or an opinion beside it is another's.
    own: bool = True
    #: Whether it is said in the name of an office: ANTAI alone takes it away.
    official: bool = False


class PublicTexts(Protocol):
    """Texts of things that can be blacked out, and how their room writes them over."""

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of thing that have such texts."""

    def read(self, thing_id: int) -> Iterable[PublicText]:
        """Return those of one thing which may be written over now; empty ones too."""

    def write(self, key: str, text: str) -> None:
        """Write one of them over. Flushes."""


class Copies(NamedTuple):
    """What the thread holds of a thing, as the thing's own room knows it."""

    #: Not cut; None where it is kept in the thread alone.
    title: str | None
    state: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Original:
    """Where one kind of thing is kept, so that its copies in the thread can be compared.

    Attributes:
        kind: the kind of thing.
        row: the table that has a row under the same id.
        copies: receives that row, then each column of ``beside``.
        beside: what else it takes, read in the same statement.
        options: what of other tables is loaded in the same statement.
        removed: the state of a thing whose row was taken away; None where that never happens.
        author: the column of the person who wrote it; None where no one neighbour did.
        called_after: the kinds of thing whose title this one bears.
        anybodys: says, in a query, that it came without whoever sent it: anybody speaks for it.
    """

    kind: Kind
    row: type[Any]
    copies: Callable[..., Copies]
    beside: tuple[ColumnElement[Any], ...] = ()
    options: tuple[ORMOption, ...] = ()
    removed: str | None = None
    author: SQLColumnExpression[int | None] | None = None
    called_after: tuple[Kind, ...] = ()
    anybodys: SQLColumnExpression[bool] | None = None


@dataclass(frozen=True, slots=True)
class DeskPart:
    """One list of ANTAI's desk.

    Attributes:
        key: its address below the desk.
        heading: for gettext.
        count: how many wait, as a part of one statement.
        rows: receives the key after which it begins, how many at most, and the day; gives each
            row (``web.list_row.Row``) with its key.
    """

    key: str
    heading: str
    count: Callable[[], ScalarSelect[int]]
    rows: Callable[[int | None, int, date], list[tuple[int, Any]]]


@dataclass(frozen=True, slots=True)
class Room:
    """What a room brings; what it does not name, it does not have.

    Attributes:
        blueprints: its pages.
        every_minute: what the clock does every minute, in this order.
        long: what the clock does too and may take minutes.
        originals: the kinds of thing that it keeps.
        drifts: compare its counters with the rows that they stand for.
        on_act: what is done with every act, whatever room it is of.
        on_leaving: what is done when somebody deletes their account.
        before_judging: what may refuse that somebody judges a lab from which they are not apart.
        on_grant: what may refuse that somebody is given a role, or counts again once they were.
        on_reconciled: what is done when nothing of the hall of a vote is lacking.
        public_texts: the texts of its things, or that hang on others, which can be blacked out.
        on_rewritten: what is done when texts or files of a thing were taken away or put back.
        on_publication_won: what is done when ANTAI has something published after all.
        watchers: who sees what is reserved of an agreement, because they watch it.
        before_join: what may refuse that two lines of a list of people are joined.
        before_part: what may refuse that such a join is undone.
        on_join: what is counted again when two were joined or parted.
        before_dismissal: what may refuse that somebody is taken off a list of members now.
        debtors: which organizations owe a lab something, by what this room keeps.
        desk_parts: what of it waits for ANTAI's second voice, shown on its desk.
    """

    blueprints: tuple[Blueprint, ...] = ()
    every_minute: tuple[Task, ...] = ()
    long: tuple[Task, ...] = ()
    originals: tuple[Original, ...] = ()
    drifts: tuple[Drift, ...] = ()
    on_act: tuple[Listener, ...] = ()
    on_leaving: tuple[Farewell, ...] = ()
    before_judging: tuple[ApartGuard, ...] = ()
    on_grant: tuple[GrantGuard, ...] = ()
    on_reconciled: tuple[Reconciled, ...] = ()
    public_texts: tuple[PublicTexts, ...] = ()
    on_rewritten: tuple[Rewritten, ...] = ()
    on_publication_won: tuple[PublicationWon, ...] = ()
    watchers: tuple[Watcher, ...] = ()
    before_join: tuple[JoinGuard, ...] = ()
    before_part: tuple[PartGuard, ...] = ()
    on_join: tuple[Recount, ...] = ()
    before_dismissal: tuple[DismissalGuard, ...] = ()
    debtors: tuple[Debtors, ...] = ()
    desk_parts: tuple[DeskPart, ...] = ()
