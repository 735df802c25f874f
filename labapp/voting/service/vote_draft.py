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


def draft_options(lab: Lab, draft: VoteDraft) -> list[Option]:
    """Write the lines of the paper, each with words of its own. Nothing is added or flushed.

    Raises:
        Conflict: the stage, the options, the numbers or the ways to take part will not do; its
            ``field`` is the attribute of the draft that is wrong.
    """
    require_stage(draft.subject, lab)
    rows = _lines(lab, draft)
    labels = [label for label, _, _ in rows]
    if len(set(labels)) != len(labels):
        raise Conflict(mark("Two options say the same. Change one of them."), field="lines")
    _require_numbers(draft, len(rows))
    _require_channels(draft)
    _require_scale(draft, len(rows))
    _require_money(draft, [(label, cost) for label, _, cost in rows])
    _require_parameters(draft)
    return [
        Option(position=position, label=label, thing_id=thing_id, cost=cost)
        for position, (label, thing_id, cost) in enumerate(rows, start=1)
    ]


def draft_vote(draft: VoteDraft, lines: list[Option], *, opens_at: datetime, now: datetime) -> Vote:
    """Return the vote of a draft that was found good, with its paper. Nothing is added."""
    return Vote(
        subject=draft.subject,
        question=draft.question,
        method=draft.method,
        parameters=json.dumps(dict(draft.parameters), sort_keys=True),
        budget=draft.budget,
        funder=draft.funder,
        scale=draft.scale,
        channels=" ".join(channel.value for channel in Channel if channel in draft.channels),
        max_marks=draft.most(len(lines)),
        seats=1 if draft.method.has_budget else draft.seats,
        quorum=draft.quorum,
        quorum_share=draft.quorum_share,
        tie_rule=draft.tie_rule,
        opens_at=opens_at,
        closes_at=draft.closes_at,
        announced_at=now,
        options=lines,
    )


def _lines(lab: Lab, draft: VoteDraft) -> list[tuple[str, int | None, int | None]]:
    """Return the words, the thing and the cost of each option."""
    if draft.subject.is_written:
        if any(len(line) > _LONGEST for line in draft.lines):
            sentence = mark("Each option may have up to 140 characters.")
            raise Conflict(sentence, field="lines")
        costs: Sequence[int | None] = draft.costs or [None] * len(draft.lines)
        return [(line, None, cost) for line, cost in zip(draft.lines, costs, strict=True)]
    rows = [(thing, cost) for thing, cost in ballot_options.candidates(lab.id, draft.subject)]
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


def _require_numbers(draft: VoteDraft, options: int) -> None:
    listed = "lines" if draft.subject.is_written else "subject"
    if options < 2:
        raise Conflict(mark("A vote needs at least two options."), field=listed)
    if options > ballot_options.MOST_OPTIONS:
        sentence = mark("There are too many options for one paper: forty at most.")
        raise Conflict(sentence, field=listed)
    for name, number in (("max_marks", draft.most(options)), ("seats", draft.seats)):
        if not 1 <= number <= options:
            sentence = mark("There are only %(count)s options: write a number from 1 to that.")
            raise Conflict(sentence, count=str(options), field=name)
    if draft.method.chooses_one and draft.seats > 1:
        sentence = mark("This way of counting chooses one. For several, use the transferable vote.")
        raise Conflict(sentence, field="seats")
    if not 0 <= (draft.quorum_share or 0) <= 100 or draft.quorum < 0:
        raise Conflict(mark("The minimum is a number, or a percent up to 100."), field="quorum")


def _require_channels(draft: VoteDraft) -> None:
    if Channel.ACCOUNT not in draft.channels:
        raise Conflict(mark("Voting with an account is always possible."), field="channels")
    if Channel.HANDS in draft.channels and not draft.method.allows_hands:
        sentence = mark("Raised hands can only be added to a vote of one mark or of approval.")
        raise Conflict(sentence, field="channels")


def _require_scale(draft: VoteDraft, options: int) -> None:
    if (draft.scale is None) is draft.method.gives_points:
        raise Conflict(mark("Points are said where the ballots hold points."), field="scale")
    if draft.scale is None:
        return
    top, scored = draft.method.top_scale or 0, draft.method.most_scored
    if not 1 <= draft.scale <= top:
        sentence = mark("This way of counting takes from 1 to %(top)s points.")
        raise Conflict(sentence, top=str(top), field="scale")
    if scored is not None and options > scored:
        sentence = mark("A vote with scores has at most %(count)s options.")
        raise Conflict(sentence, count=str(scored), field="method")


def _require_money(draft: VoteDraft, costs: Sequence[tuple[str, int | None]]) -> None:
    if not draft.method.has_budget:
        if draft.budget is not None or draft.funder or draft.costs:
            sentence = mark("This way of counting shares no money: leave the money blank.")
            raise Conflict(sentence, field="budget")
        return
    if not draft.funder or draft.budget is None:
        sentence = mark("To share a budget, write who has committed how much money.")
        raise Conflict(sentence, field="budget" if draft.funder else "funder")
    for label, cost in costs:
        if not cost or cost < 1:
            sentence = mark("“%(option)s” has no cost yet, and a budget needs the cost of each.")
            listed = "lines" if draft.subject.is_written else "subject"
            raise Conflict(sentence, option=label, field=listed)
    if draft.budget < min(cost or 0 for _, cost in costs):
        raise Conflict(mark("The money is not enough for any of the options."), field="budget")


def _require_parameters(draft: VoteDraft) -> None:
    """Count an empty ballot box: whatever the method does not take, it refuses."""
    empty = Election(("p1",), {"p1": "p1"}, marks={}, points={}, rankings={})
    empty.costs, empty.budget = {"p1": 1}, 1
    try:
        count_election(empty, draft.method.name, draft.parameters)
    except Uncountable as unfit:
        sentence = mark("This way of counting does not take those options.")
        raise Conflict(sentence, field="method") from unfit
