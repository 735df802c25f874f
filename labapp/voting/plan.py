"""Plan: what a facilitator decides of a vote, and the paper that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from labapp.domain.errors import Conflict, mark
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.thread.models import Thing
from labapp.voting import paper
from labapp.voting.models import Option, Subject


@dataclass(frozen=True, slots=True)
class Plan:
    """What a facilitator decides of a vote before it is announced.

    Attributes:
        subject: what is voted on.
        question: as printed on the paper.
        lines: the options of a free vote, distinct; ignored for the other subjects.
        max_marks: most options a ballot may mark.
        seats: how many options are chosen.
        quorum: ballots needed for the result to stand; 0 for none.
        tie_rule: which public draw orders a tie, in words.
        opens_at: None to open at once.
        closes_at: after ``opens_at``.
    """

    subject: Subject
    question: str
    lines: tuple[str, ...]
    max_marks: int
    seats: int
    quorum: int
    tie_rule: str
    opens_at: datetime | None
    closes_at: datetime


def written(lab: Lab, plan: Plan) -> list[Option]:
    """Write the lines of the paper, each with words of its own. Nothing is added or flushed.

    Raises:
        Conflict: the stage, the options or the numbers will not do.
    """
    refuse_stage(plan.subject, lab)
    if plan.subject is Subject.FREE:
        found: list[tuple[str, int | None, int | None]] = [
            (line[:140], None, None) for line in plan.lines
        ]
    else:
        rows = [(thing, cost) for thing, cost in paper.candidates(lab.id, plan.subject)]
        found = [(_label(thing, rows), thing.id, cost) for thing, cost in rows]
    labels = [label for label, _, _ in found]
    if len(set(labels)) != len(labels):
        raise Conflict(mark("Two options say the same. Change one of them."))
    _refuse_numbers(plan, len(found))
    return [
        Option(position=position, label=label, thing_id=thing_id, cost=cost)
        for position, (label, thing_id, cost) in enumerate(found, start=1)
    ]


def _label(thing: Thing, rows: Sequence[tuple[Thing, int | None]]) -> str:
    """Return the title, with its number where another has the same title."""
    twins = sum(1 for other, _ in rows if other.title == thing.title)
    return thing.title if twins == 1 else f"{thing.title[:130]} ({thing.number})"


def refuse_stage(subject: Subject, lab: Lab) -> None:
    """Raise Conflict where the lab does not stand at the stage that this subject needs."""
    if subject is Subject.PROPOSALS and lab.stage is not Stage.PRIORITIZATION:
        raise Conflict(mark("The proposals are voted on when the lab stands at Choose."))


def _refuse_numbers(plan: Plan, options: int) -> None:
    if options < 2:
        raise Conflict(mark("A vote needs at least two options."))
    if options > paper.MOST:
        raise Conflict(mark("There are too many options for one paper: forty at most."))
    if not 1 <= plan.max_marks <= options or not 1 <= plan.seats <= options:
        raise Conflict(mark("There cannot be more marks, or more chosen, than options."))
