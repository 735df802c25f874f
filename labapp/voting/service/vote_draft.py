"""VoteDraft: what a facilitator decides of a vote, and the paper that follows from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from labapp.counting.count import count_election
from labapp.counting.election import Election
from labapp.counting.errors import Uncountable
from labapp.counting.method import Method
from labapp.counting.methods.approval import APPROVAL
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.thread.models import Thing
from labapp.voting.models import Option, Subject, Vote
from labapp.voting.queries import ballot_options

#: Letters of an option.
_LONGEST = 140


@dataclass(frozen=True, slots=True)
class VoteDraft:
    """What a facilitator decides of a vote before it is announced.

    Attributes:
        subject: what is voted on.
        question: as printed on the paper.
        lines: the options that are written, distinct; ignored for the other subjects.
        max_marks: most options a ballot may mark, or all if they are fewer; other papers have
            their own measure.
        seats: how many options are chosen; a budget and instant runoff need no number.
        quorum: ballots needed for the result to stand; 0 for none.
        tie_rule: which public draw orders a tie, in words.
        opens_at: None to open at once.
        closes_at: after ``opens_at``.
        method: how it is counted.
        parameters: of the method, as ``labapp count`` takes them.
        costs: of the lines, whole balboas; only where a budget decides.
        budget: what somebody has committed, whole balboas; only where a budget decides.
        funder: who has committed it.
        scale: score: most points of one option; points: those of all together.
        channels: the ways to take part.
        quorum_share: the quorum as a percent of the roll.
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
    method: Method = APPROVAL
    parameters: Mapping[str, str] = field(default_factory=dict)
    costs: tuple[int, ...] = ()
    budget: int | None = None
    funder: str = ""
    scale: int | None = None
    channels: tuple[Channel, ...] = (Channel.ACCOUNT,)
    quorum_share: int | None = None

    def most(self, options: int) -> int:
        """Return the most options that one ballot may mark, rank or give points."""
        return self.method.most_named(self.max_marks, options)


def draft_options(lab: Lab, plan: VoteDraft) -> list[Option]:
    """Write the lines of the paper, each with words of its own. Nothing is added or flushed.

    Raises:
        Conflict: the stage, the options, the numbers or the ways to take part will not do; its
            ``field`` is the attribute of the plan that is wrong.
    """
    require_stage(plan.subject, lab)
    rows = _lines(lab, plan)
    labels = [label for label, _, _ in rows]
    if len(set(labels)) != len(labels):
        raise Conflict(mark("Two options say the same. Change one of them."), field="lines")
    _require_numbers(plan, len(rows))
    _require_channels(plan)
    _require_scale(plan, len(rows))
    _require_money(plan, [(label, cost) for label, _, cost in rows])
    _require_parameters(plan)
    return [
        Option(position=position, label=label, thing_id=thing_id, cost=cost)
        for position, (label, thing_id, cost) in enumerate(rows, start=1)
    ]


def draft_vote(plan: VoteDraft, lines: list[Option], *, opens_at: datetime, now: datetime) -> Vote:
    """Return the vote of a plan that was found good, with its paper. Nothing is added."""
    return Vote(
        subject=plan.subject,
        question=plan.question,
        method=plan.method,
        parameters=json.dumps(dict(plan.parameters), sort_keys=True),
        budget=plan.budget,
        funder=plan.funder,
        scale=plan.scale,
        channels=" ".join(channel.value for channel in Channel if channel in plan.channels),
        max_marks=plan.most(len(lines)),
        seats=1 if plan.method.has_budget else plan.seats,
        quorum=plan.quorum,
        quorum_share=plan.quorum_share,
        tie_rule=plan.tie_rule,
        opens_at=opens_at,
        closes_at=plan.closes_at,
        announced_at=now,
        options=lines,
    )


def _lines(lab: Lab, plan: VoteDraft) -> list[tuple[str, int | None, int | None]]:
    """Return the words, the thing and the cost of each option."""
    if plan.subject.is_written:
        if any(len(line) > _LONGEST for line in plan.lines):
            sentence = mark("Each option may have up to 140 characters.")
            raise Conflict(sentence, field="lines")
        costs: Sequence[int | None] = plan.costs or [None] * len(plan.lines)
        return [(line, None, cost) for line, cost in zip(plan.lines, costs, strict=True)]
    rows = [(thing, cost) for thing, cost in ballot_options.candidates(lab.id, plan.subject)]
    return [(_label(thing, rows), thing.id, cost) for thing, cost in rows]


def _label(thing: Thing, rows: Sequence[tuple[Thing, int | None]]) -> str:
    """Return the title, with its number where another has the same title."""
    twins = sum(1 for other, _ in rows if other.title == thing.title)
    return thing.title if twins == 1 else f"{thing.title[:130]} ({thing.number})"


def require_stage(subject: Subject, lab: Lab) -> None:
    """Raise Conflict where the lab does not stand at the stage that this subject needs."""
    if subject is Subject.PROPOSALS and lab.stage is not Stage.PRIORITIZATION:
        raise Conflict(
            mark("The proposals are voted on when the lab stands at Choose."), field="subject"
        )


def _require_numbers(plan: VoteDraft, options: int) -> None:
    listed = "lines" if plan.subject.is_written else "subject"
    if options < 2:
        raise Conflict(mark("A vote needs at least two options."), field=listed)
    if options > ballot_options.MOST:
        sentence = mark("There are too many options for one paper: forty at most.")
        raise Conflict(sentence, field=listed)
    for name, number in (("max_marks", plan.most(options)), ("seats", plan.seats)):
        if not 1 <= number <= options:
            sentence = mark("There are only %(count)s options: write a number from 1 to that.")
            raise Conflict(sentence, count=str(options), field=name)
    if plan.method.chooses_one and plan.seats > 1:
        sentence = mark("This way of counting chooses one. For several, use the transferable vote.")
        raise Conflict(sentence, field="seats")
    if not 0 <= (plan.quorum_share or 0) <= 100 or plan.quorum < 0:
        raise Conflict(mark("The minimum is a number, or a percent up to 100."), field="quorum")


def _require_channels(plan: VoteDraft) -> None:
    if Channel.ACCOUNT not in plan.channels:
        raise Conflict(mark("Voting with an account is always possible."), field="channels")
    if Channel.HANDS in plan.channels and not plan.method.allows_hands:
        sentence = mark("Raised hands can only be added to a vote of one mark or of approval.")
        raise Conflict(sentence, field="channels")


def _require_scale(plan: VoteDraft, options: int) -> None:
    if (plan.scale is None) is plan.method.gives_points:
        raise Conflict(mark("Points are said where the ballots hold points."), field="scale")
    if plan.scale is None:
        return
    top, scored = plan.method.top_scale or 0, plan.method.most_scored
    if not 1 <= plan.scale <= top:
        sentence = mark("This way of counting takes from 1 to %(top)s points.")
        raise Conflict(sentence, top=str(top), field="scale")
    if scored is not None and options > scored:
        sentence = mark("A vote with scores has at most %(count)s options.")
        raise Conflict(sentence, count=str(scored), field="method")


def _require_money(plan: VoteDraft, costs: Sequence[tuple[str, int | None]]) -> None:
    if not plan.method.has_budget:
        if plan.budget is not None or plan.funder or plan.costs:
            sentence = mark("This way of counting shares no money: leave the money blank.")
            raise Conflict(sentence, field="budget")
        return
    if not plan.funder or plan.budget is None:
        sentence = mark("To share a budget, write who has committed how much money.")
        raise Conflict(sentence, field="budget" if plan.funder else "funder")
    for label, cost in costs:
        if not cost or cost < 1:
            sentence = mark("“%(option)s” has no cost yet, and a budget needs the cost of each.")
            listed = "lines" if plan.subject.is_written else "subject"
            raise Conflict(sentence, option=label, field=listed)
    if plan.budget < min(cost or 0 for _, cost in costs):
        raise Conflict(mark("The money is not enough for any of the options."), field="budget")


def _require_parameters(plan: VoteDraft) -> None:
    """Count an empty ballot box: whatever the method does not take, it refuses."""
    empty = Election(("p1",), {"p1": "p1"}, marks={}, points={}, rankings={})
    empty.costs, empty.budget = {"p1": 1}, 1
    try:
        count_election(empty, plan.method.name, plan.parameters)
    except Uncountable as unfit:
        sentence = mark("This way of counting does not take those options.")
        raise Conflict(sentence, field="method") from unfit
