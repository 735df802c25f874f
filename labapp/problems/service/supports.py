"""Write who shares a problem: supports of people with an account, hands raised in a meeting."""

from datetime import datetime

from labapp.db import db
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.problems import queries
from labapp.problems.models import Problem, ProblemState, Support
from labapp.problems.service.lock import require_shown, require_state
from labapp.record.acting import Acting


def give(acting: Acting[Lab], *, problem: Problem) -> None:
    """Count this person among those to whom it happens too; twice counts once.

    Raises:
        Conflict: it is not published, or was joined with another, which is the one to support.
    """
    acting.require(Act.PROBLEM_SUPPORT)
    require_state(problem, ProblemState.PUBLISHED)
    require_shown(problem)
    if queries.supports(problem.id, acting.actor.person_id):
        return
    db.session.add(Support(problem_id=problem.id, person_id=acting.actor.person_id))
    _count(acting, problem, 1)


def take_back(acting: Acting[Lab], *, problem: Problem) -> None:
    """Take this person's support back, if it is there.

    Raises:
        Conflict: the problem is not published.
    """
    acting.require(Act.PROBLEM_SUPPORT)
    require_state(problem, ProblemState.PUBLISHED, ProblemState.MERGED, ProblemState.WITHDRAWN)
    given = queries.supports_of(problem.id, acting.actor.person_id)
    if not given:
        return
    for support in given:
        db.session.delete(support)
    _count(acting, problem, -1)


def count_hands(acting: Acting[Lab], *, problem: Problem, hands: int) -> None:
    """Note how many hands were raised for it in a meeting; shown apart from the supports.

    Raises:
        Conflict: the problem is not published.
    """
    acting.require(Act.HANDS_COUNT)
    require_state(problem, ProblemState.PUBLISHED, ProblemState.MERGED)
    require_shown(problem)
    before, problem.hands = problem.hands, hands
    db.session.flush()
    acting.record(Act.HANDS_COUNT, problem.id, before={"hands": before}, after={"hands": hands})


def count_anew(person_ids: frozenset[int], _now: datetime) -> None:
    """Count again what these people support: two who were joined are one. Flushes."""
    for problem in queries.problems_supported(person_ids):
        problem.supports = queries.count_supports(problem.id)
    db.session.flush()


def _count(acting: Acting[Lab], problem: Problem, step: int) -> None:
    """Keep the count in the transaction of its row; the problem's row is locked already."""
    before, problem.supports = problem.supports, problem.supports + step
    db.session.flush()
    acting.record(
        Act.PROBLEM_SUPPORT,
        problem.id,
        before={"supports": before},
        after={"supports": problem.supports},
    )
