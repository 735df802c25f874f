"""The stages of a lab and the kinds of lab, with the words neighbours and officials use."""

from enum import StrEnum

from labapp.domain.errors import Blocked, mark


class Stage(StrEnum):
    """Where a lab stands. The order of definition is the order of the process."""

    PREPARATION = "preparation"
    CALL = "call"
    DEFINITION = "definition"
    IDEATION = "ideation"
    PRIORITIZATION = "prioritization"
    PROTOTYPE = "prototype"
    FOLLOWUP = "followup"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The words a neighbour reads (five stages and the ends), for gettext."""
        return WORDS[self]

    @property
    def official(self) -> str:
        """The official name, for small print and documents, for gettext."""
        return OFFICIAL[self]

    @property
    def mark(self) -> int:
        """Which of the five marks of the line this stage is: 0 before the first, 5 the last."""
        return MARKS[self]


class LabKind(StrEnum):
    """How a lab begins."""

    NEW = "new"
    UNDER_WAY = "under_way"
    FOLLOW_UP = "follow_up"

    @property
    def label(self) -> str:
        """The words for this kind, for gettext."""
        return KIND_WORDS[self]


class Verdict(StrEnum):
    """What a follow-up lab finds of the earlier lab's problem."""

    SOLVED = "solved"
    PARTLY = "partly"
    NOT_SOLVED = "not_solved"

    @property
    def label(self) -> str:
        """The words for this verdict, for gettext."""
        return VERDICT_WORDS[self]


WORDS: dict[Stage, str] = {
    Stage.PREPARATION: mark("Getting ready"),
    Stage.CALL: mark("Tell the problems"),
    Stage.DEFINITION: mark("Tell the problems"),
    Stage.IDEATION: mark("Look for solutions"),
    Stage.PRIORITIZATION: mark("Choose"),
    Stage.PROTOTYPE: mark("Try it small"),
    Stage.FOLLOWUP: mark("Deliver and watch"),
    Stage.CLOSED: mark("Closed"),
    Stage.SUSPENDED: mark("Suspended"),
    Stage.CANCELLED: mark("Cancelled"),
}

OFFICIAL: dict[Stage, str] = {
    Stage.PREPARATION: mark("in preparation"),
    Stage.CALL: mark("call"),
    Stage.DEFINITION: mark("problem definition"),
    Stage.IDEATION: mark("ideation"),
    Stage.PRIORITIZATION: mark("prioritization"),
    Stage.PROTOTYPE: mark("prototyping"),
    Stage.FOLLOWUP: mark("follow-up"),
    Stage.CLOSED: mark("closed"),
    Stage.SUSPENDED: mark("suspended"),
    Stage.CANCELLED: mark("cancelled"),
}

MARKS: dict[Stage, int] = {
    Stage.PREPARATION: 0,
    Stage.CALL: 1,
    Stage.DEFINITION: 1,
    Stage.IDEATION: 2,
    Stage.PRIORITIZATION: 3,
    Stage.PROTOTYPE: 4,
    Stage.FOLLOWUP: 5,
    Stage.CLOSED: 6,
    Stage.SUSPENDED: 0,
    Stage.CANCELLED: 0,
}

KIND_WORDS: dict[LabKind, str] = {
    LabKind.NEW: mark("New"),
    LabKind.UNDER_WAY: mark("New, from a project already under way"),
    LabKind.FOLLOW_UP: mark("Follow-up of an earlier lab"),
}

VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.SOLVED: mark("Solved"),
    Verdict.PARTLY: mark("Partly solved"),
    Verdict.NOT_SOLVED: mark("Not solved"),
}

#: Stages on the line, in order.
PATH: tuple[Stage, ...] = tuple(Stage)[:8]
ALL = frozenset(Stage)
#: Stages in which a lab works with its community.
OPEN = frozenset(
    {
        Stage.CALL,
        Stage.DEFINITION,
        Stage.IDEATION,
        Stage.PRIORITIZATION,
        Stage.PROTOTYPE,
        Stage.FOLLOWUP,
    }
)
#: Stages in which letters are sent, agreements are made and what was agreed is watched.
DELIVERY = frozenset({Stage.IDEATION, Stage.PRIORITIZATION, Stage.PROTOTYPE, Stage.FOLLOWUP})
#: The same, and closed: what was owed at the close can be paid after it (``require_owed``).
DELIVERY_AND_AFTER = DELIVERY | {Stage.CLOSED}
#: What waited for a decision at the close can be decided after it.
OPEN_AND_AFTER = OPEN | {Stage.CLOSED}
#: Stages in which a lab is not over.
ALIVE = OPEN | {Stage.PREPARATION}


def takes(stage: Stage, *, owed: bool) -> bool:
    """Tell whether something may still be done to a thing: once closed, only where it is owed."""
    return owed or stage is not Stage.CLOSED


def require_owed(stage: Stage, *, owed: bool) -> None:
    """Let pass, on a closed lab, only what pays what was owed when it closed.

    Raises:
        Blocked: the lab is closed, and nothing is owed of this.
    """
    if not takes(stage, owed=owed):
        raise Blocked(mark("The lab is closed: only what was owed when it closed is taken now."))
