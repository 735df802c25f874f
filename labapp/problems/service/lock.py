"""Hold a problem while it is changed, so that of two people at once one finds it decided."""

from sqlalchemy import select

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.problems.models import Problem, ProblemState


def require_shown(problem: Problem) -> None:
    """Refuse what was taken away whole: nobody can know what they say of it.

    Raises:
        Conflict: all of it was taken away.
    """
    if problem.thing.is_hidden:
        raise Conflict(mark("All of it was taken away."))


def require_state(problem: Problem, *states: ProblemState) -> None:
    """Lock the row until the commit, read it anew, and go on only from one of these states.

    Raises:
        Conflict: it stands elsewhere by now.
    """
    db.session.scalars(
        select(Problem)
        .where(Problem.id == problem.id)
        .with_for_update(of=Problem)
        .execution_options(populate_existing=True)
    ).one()
    if problem.state not in states:
        raise Conflict(mark("Somebody already decided on this problem. Look at it again."))
