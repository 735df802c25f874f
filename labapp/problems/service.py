"""Write problems: told, corrected, decided on, joined with others."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from labapp.db import db
from labapp.domain.clocks import calendar_due
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, Unreadable, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Actor, require
from labapp.domain.roles import Role
from labapp.files import queries as files
from labapp.files.service import store
from labapp.labs.models import Lab
from labapp.labs.service import stir
from labapp.problems.hold import hold
from labapp.problems.models import Problem, ProblemState
from labapp.record import service as record
from labapp.thread import service as thread

#: The clock that the site sets for itself, as a page says it.
BASIS = mark("a term set by this site")
#: Photos of one problem.
PHOTOS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What a neighbour says: the first two are asked, the others offered."""

    what: str
    where: str
    since: str = ""
    affects: str = ""


def tell(
    lab: Lab, actor: Actor, *, told: Told, on_paper: bool = False, days: int, now: datetime
) -> Problem:
    """Take a problem in: it gets a code, and its number only once it is published.

    Args:
        lab: where it happens.
        actor: who tells it, a visitor as a rule.
        told: the words, already cut to their lengths.
        on_paper: True when a facilitator types in what came on paper.
        days: calendar days in which somebody must review it.
        now: the instant of the act.

    Returns:
        The problem, flushed.

    Raises:
        Denied: the lab does not receive problems now, or only a facilitator types in papers.
    """
    require(actor, Act.PROBLEM_TELL, lab.stage)
    if on_paper:
        require(actor, Act.PROBLEM_PUBLISH, lab.stage)
    thing = thread.add(
        Kind.PROBLEM,
        title=told.what,
        state=ProblemState.SENT,
        lab_id=lab.id,
        numbered=False,
        coded=True,
    )
    problem = Problem(
        id=thing.id,
        what=told.what,
        place_said=told.where,
        since=told.since,
        affects=told.affects,
        on_paper=on_paper,
        author_id=None if on_paper else actor.person_id,
        told_at=now,
        reason="",
        supports=0,
        hands=0,
        thing=thing,
    )
    db.session.add(problem)
    _owe(problem, days, now)
    record.write(
        actor,
        Act.PROBLEM_TELL,
        lab_id=lab.id,
        thing_id=thing.id,
        after={"on_paper": on_paper},
        now=now,
    )
    return problem


def add_details(
    lab: Lab, actor: Actor, *, problem: Problem, since: str, affects: str, now: datetime
) -> None:
    """Add since when and whom it affects, while nobody decided yet; blank changes nothing.

    Raises:
        Conflict: somebody decided on it.
    """
    require(actor, Act.PROBLEM_ADD, lab.stage)
    hold(problem, ProblemState.SENT, ProblemState.RETURNED)
    problem.since, problem.affects = since or problem.since, affects or problem.affects
    db.session.flush()
    record.write(actor, Act.PROBLEM_ADD, lab_id=lab.id, thing_id=problem.id, now=now)


def add_photo(
    lab: Lab, actor: Actor, *, problem: Problem, photo: bytes, folder: Path, now: datetime
) -> None:
    """Hang a photo on the problem while nobody decided yet; it is kept without its data.

    Raises:
        Conflict: somebody decided on it, or it has three already.
        Unreadable: it is no photo.
    """
    require(actor, Act.PROBLEM_ADD, lab.stage)
    hold(problem, ProblemState.SENT, ProblemState.RETURNED)
    if len(files.of_thing(problem.id)) >= PHOTOS:
        raise Conflict(mark("This problem has three photos already."))
    if photo.startswith(b"%PDF-"):
        raise Unreadable(mark("Send a photo: JPG, PNG or WebP."))
    store(
        photo,
        "",
        thing_id=problem.id,
        by=actor.person_id,
        alt=problem.thing.title,
        now=now,
        folder=folder,
    )
    record.write(actor, Act.PROBLEM_ADD, lab_id=lab.id, thing_id=problem.id, now=now)


def correct(
    lab: Lab, actor: Actor, *, problem: Problem, told: Told, days: int, now: datetime
) -> None:
    """Send again what was returned, corrected; the clock of the review starts anew.

    Raises:
        Conflict: it is not waiting for a correction.
    """
    require(actor, Act.PROBLEM_CORRECT, lab.stage)
    hold(problem, ProblemState.RETURNED)
    problem.what, problem.place_said = told.what, told.where
    problem.since, problem.affects = told.since, told.affects
    problem.returned_at, problem.reason = None, ""
    thread.show(problem.thing, state=problem.state, title=problem.what)
    _owe(problem, days, now)
    record.write(actor, Act.PROBLEM_CORRECT, lab_id=lab.id, thing_id=problem.id, now=now)


def publish(lab: Lab, actor: Actor, *, problem: Problem, now: datetime) -> int:
    """Publish a problem under the lab's next number, and return that number.

    Raises:
        Conflict: somebody decided on it already.
    """
    require(actor, Act.PROBLEM_PUBLISH, lab.stage)
    hold(problem, ProblemState.SENT)
    return _appear(lab, actor, problem, now)


def give_back(lab: Lab, actor: Actor, *, problem: Problem, reason: str, now: datetime) -> None:
    """Return it with a reason: whoever holds its code may correct it and send it again.

    Raises:
        Conflict: somebody decided on it already.
    """
    require(actor, Act.PROBLEM_RETURN, lab.stage)
    hold(problem, ProblemState.SENT)
    problem.returned_at, problem.reason = now, reason
    _decided(lab, actor, Act.PROBLEM_RETURN, problem, now)


def reject(lab: Lab, actor: Actor, *, problem: Problem, reason: str, now: datetime) -> None:
    """Do not publish it. The public sees the reason and the day, never the text.

    Raises:
        Conflict: somebody decided on it already.
    """
    require(actor, Act.PROBLEM_REJECT, lab.stage)
    hold(problem, ProblemState.SENT)
    problem.rejected_at, problem.reason = now, reason
    _decided(lab, actor, Act.PROBLEM_REJECT, problem, now)


def merge(
    lab: Lab, actor: Actor, *, problem: Problem, into: Problem, reason: str, now: datetime
) -> None:
    """Join a problem with another like it; no support moves, and both counts show.

    One still under review is published in the same act, so that its teller's words stand
    beside those of the other.

    Raises:
        Conflict: it is not there to be joined, or the other is not.
    """
    require(actor, Act.PROBLEM_MERGE, lab.stage)
    if problem.id == into.id:
        raise Conflict(mark("A problem cannot be joined with itself."))
    if into.thing.lab_id != lab.id:
        raise Conflict(mark("Both problems must be of the same lab."))
    for one in sorted((problem, into), key=lambda row: row.id):
        hold(
            one,
            *(
                (ProblemState.PUBLISHED,)
                if one is into
                else (ProblemState.SENT, ProblemState.PUBLISHED)
            ),
        )
    if problem.state is ProblemState.SENT:
        _appear(lab, actor, problem, now)
    problem.merged_at, problem.merged_into_id, problem.reason = now, into.id, reason
    # What becomes of the other is what becomes of this one: the line goes on from both.
    thread.descend(into.id, problem.id, DescentKind.JOINED_WITH)
    _decided(lab, actor, Act.PROBLEM_MERGE, problem, now, {"into": into.thing.number})
    stir(lab, now)


def _owe(problem: Problem, days: int, now: datetime) -> None:
    thread.owe(
        problem.thing,
        DutyKind.MODERATION,
        owed_by=Role.FACILITATOR.label,
        due_on=calendar_due(local_day(now), days),
        basis=BASIS,
    )


def _appear(lab: Lab, actor: Actor, problem: Problem, now: datetime) -> int:
    problem.published_at = now
    number = thread.number(problem.thing)
    thread.show(problem.thing, state=problem.state, published_at=now)
    _decided(lab, actor, Act.PROBLEM_PUBLISH, problem, now, {"number": number})
    stir(lab, now)
    return number


def _decided(
    lab: Lab,
    actor: Actor,
    act: Act,
    problem: Problem,
    now: datetime,
    after: dict[str, int | None] | None = None,
) -> None:
    """Copy the state to the thing, settle the review and leave the entry."""
    thread.show(problem.thing, state=problem.state)
    thread.settle(problem.id, DutyKind.MODERATION, local_day(now))
    reason = "" if act is Act.PROBLEM_PUBLISH else problem.reason
    record.write(
        actor,
        act,
        lab_id=lab.id,
        thing_id=problem.id,
        after=after,
        reason=reason,
        now=now,
    )
