"""Write what who told a published problem does with it: correct its words, or withdraw it."""

from labapp.db import db
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.removal_code import OF_UNPUBLISHED, RemovalCode
from labapp.labs.models import Lab
from labapp.moderation import service as moderation
from labapp.problems import queries
from labapp.problems.models import Problem, ProblemState, ProblemVersion
from labapp.problems.service import ProblemText
from labapp.problems.service.lock import require_state
from labapp.record.acting import Acting
from labapp.thread import service as thread

_PUBLIC = (ProblemState.PUBLISHED, ProblemState.MERGED)


def amend(acting: Acting[Lab], *, problem: Problem, told: ProblemText, days: int) -> None:
    """Send a correction of a published problem: its words stay until it is reviewed. Flushes.

    One that waits already is written over: nobody has read it.

    Args:
        acting: who told the problem; the page has seen the code.
        problem: published.
        told: the words it is to have, already cut to their lengths.
        days: calendar days in which somebody must review it.

    Raises:
        Conflict: it is not published, or nothing was changed.
    """
    acting.require(Act.PROBLEM_AMEND)
    require_state(problem, *_PUBLIC)
    if told == _words(problem):
        raise Conflict(mark("Nothing was changed."))
    version = queries.pending(problem.id) or _next(problem)
    version.what, version.place_said = told.what, told.where
    version.since, version.affects = told.since, told.affects
    version.written_at = acting.now
    version.declined_at, version.declined_code, version.review_words = None, None, ""
    db.session.flush()
    thread.queue(problem.thing, days=days, now=acting.now)
    acting.record(Act.PROBLEM_AMEND, problem.id, after={"version": version.number})


def publish(acting: Acting[Lab], *, problem: Problem) -> None:
    """Let the correction that waits stand; the former words stay to be read. Flushes.

    Raises:
        Denied: wrong role or stage, or ANTAI before the lab's own term has passed.
        Conflict: no correction waits.
    """
    acting.require(Act.AMENDMENT_PUBLISH)
    _let_stand(acting, problem, _reviewed(acting, problem))


def _let_stand(acting: Acting[Lab], problem: Problem, version: ProblemVersion) -> None:
    """Let a correction stand: the public reads it from now on. Flushes."""
    version.shown_at = acting.now
    problem.what, problem.place_said = version.what, version.place_said
    problem.since, problem.affects = version.since, version.affects
    thread.copy_state(problem.thing, state=problem.state, title=problem.what)
    moderation.end_rewritten(acting, thing=problem.thing)
    acting.record(Act.AMENDMENT_PUBLISH, problem.id, after={"version": version.number})


def decline(acting: Acting[Lab], *, problem: Problem, code: RemovalCode, words: str) -> None:
    """Do not publish the correction that waits: what stood stands. Flushes.

    Raises:
        Denied: wrong role or stage, or ANTAI before the lab's own term has passed.
        Conflict: no correction waits.
        ValueError: the code is not one of what was never published.
    """
    acting.require(Act.AMENDMENT_DECLINE)
    if code not in OF_UNPUBLISHED:
        raise ValueError(f"{code} is no reason not to publish")
    version = _reviewed(acting, problem)
    version.declined_at, version.declined_code = acting.now, code
    version.review_words = words
    db.session.flush()
    after = {"version": version.number, "code": code.value}
    acting.record(Act.AMENDMENT_DECLINE, problem.id, after=after)
    moderation.refuse_publication(acting, thing=problem.thing, code=code, words=words)


def publish_after_appeal(acting: Acting[Lab], thing_id: int) -> None:
    """Publish a declined correction, because its teller appealed and was right, or unheard.

    Args:
        acting: somebody of ANTAI, or the clock.
        thing_id: any thing; of what has no declined correction nothing is done.
    """
    version = queries.pending(thing_id)
    problem = db.session.get(Problem, thing_id)
    if problem is None or version is None or version.declined_at is None:
        return
    if problem.state in _PUBLIC:
        version.declined_at = version.declined_code = None
        version.review_words = ""
        _let_stand(acting, problem, version)


def withdraw(acting: Acting[Lab], *, problem: Problem, notice: str) -> None:
    """Take a published problem back: number, counts and what came of it stay. Flushes.

    What was joined with it stands on its own again; nothing is owed on it any more.

    Args:
        acting: who told it; the page has seen the code.
        problem: published.
        notice: what stands in the place of its words.

    Raises:
        Conflict: it is not published.
    """
    acting.require(Act.PROBLEM_WITHDRAW)
    require_state(problem, *_PUBLIC)
    problem.withdrawn_at = acting.now
    waiting = queries.pending(problem.id)
    if waiting is not None:
        db.session.delete(waiting)
    for what in (DutyKind.MODERATION, DutyKind.RESPONSE):
        thread.waive(problem.id, what, local_day(acting.now))
    thread.copy_state(problem.thing, state=problem.state)
    moderation.withdraw(acting, thing=problem.thing, notice=notice)
    acting.record(Act.PROBLEM_WITHDRAW, problem.id)
    for joined in queries.merged_problems(problem.id):
        require_state(joined, ProblemState.MERGED)
        thread.undo_descent(problem.id, joined.id, DescentKind.JOINED_WITH)
        joined.merged_at, joined.merged_into_id, joined.reason = None, None, ""
        thread.copy_state(joined.thing, state=joined.state)
        acting.record(Act.PROBLEM_PART, joined.id, after={"from": problem.thing.number})


def _reviewed(acting: Acting[Lab], problem: Problem) -> ProblemVersion:
    """Return the correction that waits, its review settled; whoever may not decide is refused."""
    require_state(problem, *_PUBLIC)
    thread.require_turn(acting, problem.id)
    version = queries.pending(problem.id)
    if version is None or version.declined_at is not None:
        raise Conflict(mark("No correction of this problem waits any more."))
    thread.settle(problem.id, DutyKind.MODERATION, local_day(acting.now))
    return version


def _words(problem: Problem) -> ProblemText:
    return ProblemText(
        what=problem.what,
        where=problem.place_said,
        since=problem.since,
        affects=problem.affects,
    )


def _next(problem: Problem) -> ProblemVersion:
    """Return the next version, added; before the first correction the words told get a row too."""
    last = queries.last_version(problem.id)
    if last is None:
        last = ProblemVersion(
            problem_id=problem.id,
            number=1,
            what=problem.what,
            place_said=problem.place_said,
            since=problem.since,
            affects=problem.affects,
            written_at=problem.told_at,
            shown_at=problem.published_at,
        )
        db.session.add(last)
    version = ProblemVersion(problem_id=problem.id, number=last.number + 1, review_words="")
    db.session.add(version)
    return version
