"""Write problems: told, corrected, decided on, joined with others."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from labapp.db import db
from labapp.domain.clocks import calendar_due
from labapp.domain.descents import DescentKind
from labapp.domain.duties import ANSWER_TERM, DutyKind
from labapp.domain.errors import Conflict, Unreadable, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.roles import Role
from labapp.files import queries as files
from labapp.files.service import store
from labapp.labs.models import Lab
from labapp.problems.models import Problem, ProblemState
from labapp.problems.service.lock import require_state
from labapp.record.acting import Acting
from labapp.thread import service as thread

#: Photos of one problem.
PHOTOS = 3


@dataclass(frozen=True, slots=True)
class ProblemText:
    """What a neighbour says: the first two are asked, the others offered."""

    what: str
    where: str
    since: str = ""
    affects: str = ""


def tell(acting: Acting[Lab], *, told: ProblemText, on_paper: bool = False, days: int) -> Problem:
    """Take a problem in: it gets a code, and its number only once it is published.

    Args:
        acting: who tells it, a visitor as a rule.
        told: the words, already cut to their lengths.
        on_paper: True when a facilitator types in what came on paper.
        days: calendar days in which somebody must review it.

    Returns:
        The problem, flushed.

    Raises:
        Denied: the lab does not receive problems now, or only a facilitator types in papers.
    """
    acting.require(Act.PROBLEM_TELL)
    if on_paper:
        acting.require(Act.PROBLEM_PUBLISH)
    thing = thread.add_coded(
        Kind.PROBLEM, title=told.what, state=ProblemState.SENT, lab_id=acting.lab.id
    )
    problem = Problem(
        id=thing.id,
        what=told.what,
        place_said=told.where,
        since=told.since,
        affects=told.affects,
        on_paper=on_paper,
        author_id=None if on_paper else acting.actor.person_id,
        told_at=acting.now,
        reason="",
        supports=0,
        hands=0,
        thing=thing,
    )
    db.session.add(problem)
    _owe(problem, days, acting.now)
    acting.record(Act.PROBLEM_TELL, thing.id, after={"on_paper": on_paper})
    return problem


def add_details(acting: Acting[Lab], *, problem: Problem, since: str, affects: str) -> None:
    """Add since when and whom it affects, while nobody decided yet; blank changes nothing.

    Raises:
        Conflict: somebody decided on it.
    """
    acting.require(Act.PROBLEM_ADD)
    require_state(problem, ProblemState.SENT, ProblemState.RETURNED)
    problem.since, problem.affects = since or problem.since, affects or problem.affects
    db.session.flush()
    acting.record(Act.PROBLEM_ADD, problem.id)


def add_photo(acting: Acting[Lab], *, problem: Problem, photo: bytes, folder: Path) -> None:
    """Hang a photo on the problem while nobody decided yet; it is kept without its data.

    Raises:
        Conflict: somebody decided on it, or it has three already.
        Unreadable: it is no photo.
    """
    acting.require(Act.PROBLEM_ADD)
    require_state(problem, ProblemState.SENT, ProblemState.RETURNED)
    if len(files.of_thing(problem.id)) >= PHOTOS:
        raise Conflict(mark("This problem has three photos already."))
    if photo.startswith(b"%PDF-"):
        raise Unreadable(mark("Send a photo: JPG, PNG or WebP."))
    store(
        acting,
        photo,
        "",
        thing_id=problem.id,
        alt=problem.thing.title,
        folder=folder,
    )
    acting.record(Act.PROBLEM_ADD, problem.id)


def correct(acting: Acting[Lab], *, problem: Problem, told: ProblemText, days: int) -> None:
    """Send again what was returned, corrected; the clock of the review starts anew.

    Raises:
        Conflict: it is not waiting for a correction.
    """
    acting.require(Act.PROBLEM_CORRECT)
    require_state(problem, ProblemState.RETURNED)
    problem.what, problem.place_said = told.what, told.where
    problem.since, problem.affects = told.since, told.affects
    problem.returned_at, problem.reason = None, ""
    thread.copy_state(problem.thing, state=problem.state, title=problem.what)
    _owe(problem, days, acting.now)
    acting.record(Act.PROBLEM_CORRECT, problem.id)


def publish(acting: Acting[Lab], *, problem: Problem) -> int:
    """Publish a problem under the lab's next number, and return that number.

    Raises:
        Conflict: somebody decided on it already.
    """
    acting.require(Act.PROBLEM_PUBLISH)
    require_state(problem, ProblemState.SENT)
    return _appear(acting, problem)


def give_back(acting: Acting[Lab], *, problem: Problem, reason: str) -> None:
    """Return it with a reason: whoever holds its code may correct it and send it again.

    Raises:
        Conflict: somebody decided on it already.
    """
    acting.require(Act.PROBLEM_RETURN)
    require_state(problem, ProblemState.SENT)
    problem.returned_at, problem.reason = acting.now, reason
    _decided(acting, Act.PROBLEM_RETURN, problem)


def reject(acting: Acting[Lab], *, problem: Problem, reason: str) -> None:
    """Do not publish it. The public sees the reason and the day, never the text.

    Raises:
        Conflict: somebody decided on it already.
    """
    acting.require(Act.PROBLEM_REJECT)
    require_state(problem, ProblemState.SENT)
    problem.rejected_at, problem.reason = acting.now, reason
    _decided(acting, Act.PROBLEM_REJECT, problem)


def merge(acting: Acting[Lab], *, problem: Problem, into: Problem, reason: str) -> None:
    """Join a problem with another like it; no support moves, and both counts show.

    One still under review is published in the same act, so that its teller's words stand
    beside those of the other.

    Raises:
        Conflict: it is not there to be joined, or the other is not.
    """
    acting.require(Act.PROBLEM_MERGE)
    if problem.id == into.id:
        raise Conflict(mark("A problem cannot be joined with itself."))
    if into.thing.lab_id != acting.lab.id:
        raise Conflict(mark("Both problems must be of the same lab."))
    for one in sorted((problem, into), key=lambda row: row.id):
        require_state(
            one,
            *(
                (ProblemState.PUBLISHED,)
                if one is into
                else (ProblemState.SENT, ProblemState.PUBLISHED)
            ),
        )
    if problem.state is ProblemState.SENT:
        _appear(acting, problem)
    problem.merged_at, problem.merged_into_id, problem.reason = acting.now, into.id, reason
    # What becomes of the other is what becomes of this one: the line goes on from both.
    thread.descend(into.id, problem.id, DescentKind.JOINED_WITH)
    _decided(acting, Act.PROBLEM_MERGE, problem, {"into": into.thing.number})


def _owe(problem: Problem, days: int, now: datetime) -> None:
    thread.owe(
        problem.thing,
        DutyKind.MODERATION,
        owed_by=Role.FACILITATOR.label,
        due_on=calendar_due(local_day(now), days),
        basis=ANSWER_TERM,
    )


def _appear(acting: Acting[Lab], problem: Problem) -> int:
    problem.published_at = acting.now
    number = thread.number(problem.thing)
    thread.copy_state(problem.thing, state=problem.state, published_at=acting.now)
    _decided(acting, Act.PROBLEM_PUBLISH, problem, {"number": number})
    return number


def _decided(
    acting: Acting[Lab], act: Act, problem: Problem, after: dict[str, int | None] | None = None
) -> None:
    """Copy the state to the thing, settle the review and leave the entry."""
    thread.copy_state(problem.thing, state=problem.state)
    thread.settle(problem.id, DutyKind.MODERATION, local_day(acting.now))
    reason = "" if act is Act.PROBLEM_PUBLISH else problem.reason
    acting.record(act, problem.id, after=after, reason=reason)
