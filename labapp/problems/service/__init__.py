"""Write problems: told, corrected, decided on, joined with others."""

from dataclasses import dataclass

from labapp.db import db
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.removal_code import OF_UNPUBLISHED, RemovalCode
from labapp.labs.models import Lab
from labapp.moderation import service as moderation
from labapp.problems.models import Problem, ProblemState
from labapp.problems.service.lock import require_shown, require_state
from labapp.record.acting import Acting
from labapp.thread import service as thread


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
        acting.require(Act.PAPER_TYPE)
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
    thread.queue(thing, days=days, now=acting.now)
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
    thread.queue(problem.thing, days=days, now=acting.now)
    acting.record(Act.PROBLEM_CORRECT, problem.id)


def publish(acting: Acting[Lab], *, problem: Problem) -> int:
    """Publish a problem under the lab's next number, and return that number.

    Raises:
        Conflict: somebody decided on it already.
    """
    acting.require(Act.PROBLEM_PUBLISH)
    require_state(problem, ProblemState.SENT)
    thread.require_turn(acting, problem.id)
    return _appear(acting, problem)


def give_back(acting: Acting[Lab], *, problem: Problem, words: str) -> None:
    """Return it, once, with words for whoever told it, who may correct it and send it again.

    Raises:
        Denied: wrong role or stage, or ANTAI before the lab's own term has passed.
        Conflict: somebody decided on it already, or it was returned before.
    """
    acting.require(Act.PROBLEM_RETURN)
    require_state(problem, ProblemState.SENT)
    thread.require_turn(acting, problem.id)
    if problem.returns:
        raise Conflict(mark("It was returned once already: now publish it, or do not publish it."))
    problem.returned_at, problem.reason, problem.returns = acting.now, words, 1
    _decided(acting, Act.PROBLEM_RETURN, problem)


def reject(acting: Acting[Lab], *, problem: Problem, code: RemovalCode, words: str) -> None:
    """Do not publish it. The public sees the code and the day; who told it and the desk, the words.

    Raises:
        Denied: wrong role or stage, or ANTAI before the lab's own term has passed.
        Conflict: somebody decided on it already.
        ValueError: the code is not one of what was never published.
    """
    acting.require(Act.PROBLEM_REJECT)
    if code not in OF_UNPUBLISHED:
        raise ValueError(f"{code} is no reason not to publish")
    require_state(problem, ProblemState.SENT)
    thread.require_turn(acting, problem.id)
    problem.rejected_at, problem.rejected_code, problem.reason = acting.now, code, words
    _decided(acting, Act.PROBLEM_REJECT, problem, {"code": code.value})
    moderation.refuse_publication(acting, thing=problem.thing, code=code, words=words)


def publish_after_appeal(acting: Acting[Lab], thing_id: int) -> None:
    """Publish what was rejected, because its teller appealed and was right, or unheard. Flushes.

    Args:
        acting: somebody of ANTAI, or the clock.
        thing_id: any thing; of what is no rejected problem nothing is done.
    """
    problem = db.session.get(Problem, thing_id)
    if problem is None or problem.state is not ProblemState.REJECTED:
        return
    problem.rejected_at = problem.rejected_code = None
    problem.reason = ""
    _appear(acting, problem)


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
    require_shown(into)
    require_shown(problem)
    if problem.state is ProblemState.SENT:
        _appear(acting, problem)
    problem.merged_at, problem.merged_into_id, problem.reason = acting.now, into.id, reason
    # What becomes of the other is what becomes of this one: the line goes on from both.
    thread.descend(into.id, problem.id, DescentKind.JOINED_WITH)
    _decided(acting, Act.PROBLEM_MERGE, problem, {"into": into.thing.number})


def _appear(acting: Acting[Lab], problem: Problem) -> int:
    problem.published_at = acting.now
    number = thread.number(problem.thing)
    thread.copy_state(problem.thing, state=problem.state, published_at=acting.now)
    _decided(acting, Act.PROBLEM_PUBLISH, problem, {"number": number})
    return number


def _decided(
    acting: Acting[Lab],
    act: Act,
    problem: Problem,
    after: dict[str, int | str | None] | None = None,
) -> None:
    """Copy the state to the thing, settle the review and leave the entry."""
    thread.copy_state(problem.thing, state=problem.state)
    thread.settle(problem.id, DutyKind.MODERATION, local_day(acting.now))
    reason = problem.reason if act is Act.PROBLEM_MERGE else ""
    acting.record(act, problem.id, after=after, reason=reason)
