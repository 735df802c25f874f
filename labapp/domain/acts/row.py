"""A row of the table of acts: all that the house knows of one thing that can be done."""

from dataclasses import KW_ONLY, dataclass
from enum import Enum, StrEnum
from typing import TypeVar

from labapp.domain.errors import mark
from labapp.domain.roles import Relation, Role
from labapp.domain.stage import Stage

A = TypeVar("A", bound=str)
#: Whoever comes, visitors included.
ANYBODY = None


class Heading(StrEnum):
    """Under which heading an act is printed on "who may do what", for gettext; in this order."""

    SITE = mark("The site")
    LAB = mark("The lab")
    PROBLEMS = mark("Problems")
    MEETINGS = mark("Meetings and answers")
    WORDS = mark("Words that must not stand")
    PROPOSALS = mark("Proposals")
    VOTES = mark("Votes")
    AGREEMENTS = mark("Letters and agreements")
    WORKS = mark("Public works and committees")
    REVIEW = mark("ANTAI's review")


class Turn(Enum):
    """On whose thread, beside its own, an act on a thing is shown."""

    #: Of everything before or after that thing.
    GREAT = 1
    #: Of an agreement and of what comes from one alone; a problem's thread leaves it out.
    SMALL = 2


@dataclass(frozen=True, slots=True)
class ActColumns:
    """All that is known of an act: the columns of the table.

    Attributes:
        value: ``object:verb``; stored in the record, never renamed.
        words: what it is called where it is printed who may do it, for gettext.
        heading: under which it is printed.
        roles: any one of them is enough; ``ANYBODY`` means visitors too.
        stages: where the lab must stand; None for acts of no lab.
        relation: what the person must be to the object, asked by the service that holds it.
        sentence: what a thread says of it, for gettext; None leaves an entry that no thread shows.
        turn: on whose thread it is shown beside its own; None on its own alone.
        stirs: the public can see that something happened: a sign of life of its lab.
        is_private: its words are for its author and the desk: no page shows those of an entry.
        is_coded: what the public reads of why is a code, kept in ``after``.
        tells_no_reason: its reason is for whom it concerns: the record keeps it, no page shows it.
    """

    value: str
    words: str
    _: KW_ONLY
    heading: Heading
    roles: frozenset[Role] | None
    stages: frozenset[Stage] | None = None
    relation: Relation | None = None
    sentence: str | None = None
    turn: Turn | None = None
    stirs: bool = False
    is_private: bool = False
    is_coded: bool = False
    tells_no_reason: bool = False


class ActRow(ActColumns):
    """A row, written in the class of its room and read through ``Act``."""

    __slots__ = ()

    def __get__(self, instance: object, owner: type[A]) -> A:
        """Return the act of this row: ``Act.PROBLEM_TELL`` is an ``Act``."""
        return owner(self.value)


def any_of(*roles: Role) -> frozenset[Role]:
    """Return the roles of which one is enough."""
    return frozenset(roles)


def at(*stages: Stage) -> frozenset[Stage]:
    """Return the stages at which an act may be done."""
    return frozenset(stages)
