"""Turn what happened and what is owed into the marks of one line, oldest first. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from labapp.domain.acts import Act, Turn
from labapp.domain.clocks import days_late, is_said_in_time
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.roles import Role

#: What only the line of an agreement, or a line below it, shows: beginnings and turns.
SMALL = frozenset(
    {
        Kind.MILESTONE,
        Kind.EVIDENCE,
        Kind.WORK,
        Kind.COMMITTEE,
        Kind.VISIT,
        Kind.FINDING,
        Kind.REVIEW,
    }
)
#: The lines that are read for the great turns alone.
GREAT = frozenset({Kind.PROBLEM, Kind.MEETING, Kind.CONTRIBUTION, Kind.PROPOSAL, Kind.VOTE})


class Mark(StrEnum):
    """How a knot is drawn: a dot, a ring, an open dot, or the diamond of what is late."""

    PAST = "past"
    NOW = "now"
    FUTURE = "future"
    #: Done, after its day.
    LATE = "late"
    #: Not done, and its day has passed.
    OWED = "owed"


@dataclass(frozen=True, slots=True)
class TimelineThing:
    """A thing as the line shows it."""

    id: int
    kind: Kind
    number: int | None
    title: str
    url: str
    #: When the public could see it first; None only for the line's own thing.
    since: datetime | None
    #: Whether its title says why it is not shown.
    is_reserved: bool = False


@dataclass(frozen=True, slots=True)
class TimelineAct:
    """An act of the record."""

    thing_id: int
    at: datetime
    act: Act
    role: Role | None
    reason: str
    #: The words of the code that stands for a reason, for gettext.
    code: str = ""


@dataclass(frozen=True, slots=True)
class TimelineDuty:
    """A duty, met or not."""

    thing_id: int
    what: DutyKind
    owed_by: str
    basis: str
    due_on: date
    met_on: date | None
    #: When it was written down that it was met.
    noted_on: date | None = None
    #: From when it was owed no longer, not having been done by its day.
    waived_on: date | None = None

    @property
    def ended_on(self) -> date | None:
        """When it was done, or owed no longer; None while it is owed."""
        return self.met_on or self.waived_on

    @property
    def is_said_in_time(self) -> bool:
        """Whether it is said to have been done by its day, and was written down after it."""
        return is_said_in_time(self.due_on, self.met_on, self.noted_on)


@dataclass(frozen=True, slots=True)
class Knot:
    """One mark of the line.

    Attributes:
        mark: how it is drawn.
        on: when it happened or falls due.
        seen: the things it speaks of; several when the same happened to them the same day.
        done: the act, or None where a thing merely begins, is owed, or this is now.
        owed: the duty, where there is one.
        days: by how many days it is or was late.
    """

    mark: Mark
    on: date | datetime | None
    seen: tuple[TimelineThing, ...] = ()
    done: TimelineAct | None = None
    owed: TimelineDuty | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """A thing, what it came from, what became of it, and all that is known of them."""

    own: TimelineThing
    others: Sequence[TimelineThing]
    done: Sequence[TimelineAct]
    owed: Sequence[TimelineDuty]


def knots(line: Timeline, today: date) -> list[Knot]:
    """Return the marks of a line: what happened in its order, now, what is late, what is due.

    A duty met late turns the act that met it into a diamond, and one that was late when it was
    owed no longer has a diamond of its own; one not met stands after now,
    the longest overdue first, and those whose day has not come stand last: on a great line
    only the next of each sort.
    """
    past = [*_own(line), *_begun_once([*_together([*_beginnings(line), *_turns(line)])])]
    known = {one.id: one for one in (line.own, *line.others)}
    for owed in line.owed:
        ended = owed.ended_on
        if ended is not None and (days := days_late(owed.due_on, today, ended, owed.noted_on)):
            past = _knotted(past, known[owed.thing_id], owed, days)
    unmet = sorted((o for o in line.owed if o.ended_on is None), key=lambda o: o.due_on)
    ahead = [_ahead(owed, known[owed.thing_id], today) for owed in unmet]
    late = [knot for knot in ahead if knot.mark is Mark.OWED]
    future = [knot for knot in ahead if knot.mark is Mark.FUTURE]
    if line.own.kind in GREAT:
        future = _next(future)
    return [
        *sorted(past, key=_when),
        Knot(Mark.NOW, None),
        *late,
        *future,
    ]


def _own(line: Timeline) -> Iterable[Knot]:
    return (
        Knot(Mark.PAST, done.at, (line.own,), done)
        for done in line.done
        if done.thing_id == line.own.id
    )


def _beginnings(line: Timeline) -> Iterable[Knot]:
    left_out = SMALL if line.own.kind in GREAT else frozenset()
    shown = (other for other in line.others if other.kind not in left_out)
    return (Knot(Mark.PAST, other.since, (other,)) for other in shown)


def _turns(line: Timeline) -> Iterable[Knot]:
    others = {other.id: other for other in line.others}
    turns = {Turn.GREAT} if line.own.kind in GREAT else {Turn.GREAT, Turn.SMALL}
    return (
        Knot(Mark.PAST, done.at, (others[done.thing_id],), done)
        for done in line.done
        if done.thing_id in others and done.act.row.turn in turns
    )


def _together(apart: list[Knot]) -> list[Knot]:
    """Make one knot of the same thing happening to several of a kind on one day."""

    def same(knot: Knot) -> tuple[date, str, str]:
        return _day(knot), knot.seen[0].kind, knot.done.act if knot.done else ""

    return [
        replace(first, seen=tuple({k.seen[0].id: k.seen[0] for k in (first, *rest)}.values()))
        for _, group in groupby(sorted(apart, key=lambda k: (same(k), _when(k))), key=same)
        for first, *rest in [list(group)]
    ]


def _begun_once(knots: list[Knot]) -> list[Knot]:
    """Leave out that things began where the same day says what became of all of them."""
    turned = {(_day(knot), one.id) for knot in knots if knot.done for one in knot.seen}
    return [
        knot
        for knot in knots
        if knot.done or not turned.issuperset((_day(knot), one.id) for one in knot.seen)
    ]


def _knotted(past: list[Knot], thing: TimelineThing, owed: TimelineDuty, days: int) -> list[Knot]:
    """Turn the last act on the thing that day into a diamond, or add one.

    What was owed no longer was not done by any act: it has a diamond of its own.
    """
    day = owed.noted_on if owed.is_said_in_time else owed.met_on
    at = max(
        (
            place
            for place, knot in enumerate(past)
            if knot.done and thing in knot.seen and _day(knot) == day
        ),
        key=lambda place: _when(past[place]),
        default=None,
    )
    if at is None:
        return [*past, Knot(Mark.LATE, day or owed.waived_on, (thing,), None, owed, days)]
    found = past[at]
    rest = tuple(one for one in found.seen if one != thing)
    kept = [replace(found, seen=rest)] if rest else []
    late = Knot(Mark.LATE, found.on, (thing,), found.done, owed, days)
    return [*past[:at], *kept, late, *past[at + 1 :]]


def _ahead(owed: TimelineDuty, thing: TimelineThing, today: date) -> Knot:
    days = days_late(owed.due_on, today)
    return Knot(Mark.OWED if days else Mark.FUTURE, owed.due_on, (thing,), None, owed, days)


def _next(future: list[Knot]) -> list[Knot]:
    first: dict[DutyKind | None, Knot] = {}
    for knot in future:
        first.setdefault(knot.owed.what if knot.owed else None, knot)
    return list(first.values())


def _day(knot: Knot) -> date:
    return local_day(knot.on) if knot.on is not None else date.min


def _when(knot: Knot) -> tuple[date, float]:
    """Order by day, and within it by the hour where one is known."""
    hour = knot.on.timestamp() if isinstance(knot.on, datetime) else float("inf")
    return _day(knot), hour
