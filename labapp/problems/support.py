"""Write who shares a problem: supports of people with an account, hands raised in a meeting."""

from datetime import datetime

from labapp.db import db
from labapp.domain.policy import Act, Actor, require
from labapp.labs.models import Lab
from labapp.labs.service import stir
from labapp.problems.hold import hold
from labapp.problems.models import Problem, ProblemState, Support
from labapp.record import service as record


def give(lab: Lab, actor: Actor, *, problem: Problem, now: datetime) -> None:
    """Count this person among those to whom it happens too; twice counts once.

    Raises:
        Conflict: it is not published, or was joined with another, which is the one to support.
    """
    require(actor, Act.PROBLEM_SUPPORT, lab.stage)
    hold(problem, ProblemState.PUBLISHED)
    if db.session.get(Support, (problem.id, actor.person_id)) is not None:
        return
    db.session.add(Support(problem_id=problem.id, person_id=actor.person_id))
    _count(lab, actor, problem, 1, now)


def take_back(lab: Lab, actor: Actor, *, problem: Problem, now: datetime) -> None:
    """Take this person's support back, if it is there.

    Raises:
        Conflict: the problem is not published.
    """
    require(actor, Act.PROBLEM_SUPPORT, lab.stage)
    hold(problem, ProblemState.PUBLISHED, ProblemState.MERGED)
    given = db.session.get(Support, (problem.id, actor.person_id))
    if given is None:
        return
    db.session.delete(given)
    _count(lab, actor, problem, -1, now)


def count_hands(lab: Lab, actor: Actor, *, problem: Problem, hands: int, now: datetime) -> None:
    """Note how many hands were raised for it in a meeting; shown apart from the supports.

    Raises:
        Conflict: the problem is not published.
    """
    require(actor, Act.HANDS_COUNT, lab.stage)
    hold(problem, ProblemState.PUBLISHED, ProblemState.MERGED)
    before, problem.hands = problem.hands, hands
    db.session.flush()
    record.write(
        actor,
        Act.HANDS_COUNT,
        lab_id=lab.id,
        thing_id=problem.id,
        before={"hands": before},
        after={"hands": hands},
        now=now,
    )
    stir(lab, now)


def _count(lab: Lab, actor: Actor, problem: Problem, step: int, now: datetime) -> None:
    """Keep the count in the transaction of its row; the problem's row is locked already."""
    before, problem.supports = problem.supports, problem.supports + step
    db.session.flush()
    record.write(
        actor,
        Act.PROBLEM_SUPPORT,
        lab_id=lab.id,
        thing_id=problem.id,
        before={"supports": before},
        after={"supports": problem.supports},
        now=now,
    )
