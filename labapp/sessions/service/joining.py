"""Write that contributions say the same: joined with one that stays, and separated again."""

from collections.abc import Sequence
from datetime import date

from labapp.db import db
from labapp.domain.contribution import ContributionState
from labapp.domain.descents import DescentKind
from labapp.domain.duties import ANSWER_TERM, DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Role
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.responses import queries as responses
from labapp.sessions import queries
from labapp.sessions.models import Contribution
from labapp.sessions.service.lock import hold, require_state
from labapp.thread import service as thread


def join(
    acting: Acting[Lab], *, joined: Sequence[Contribution], into: Contribution, why: str
) -> None:
    """Join contributions with one that says the same: its answer, given or to come, answers all.

    The words of all stay in sight. What was joined before with one of them is joined now with the
    one that stays: none is ever joined with one that is joined itself. Flushes.

    Args:
        acting: a facilitator of the lab.
        joined: of this lab, of any of its meetings; none of them answered yet, since one that was
            has its own answer and would lose it from sight.
        into: the one that stays, answered or not; neither joined nor withdrawn.
        why: why they say the same; published.

    Raises:
        Denied: wrong role or stage.
        Conflict: one is of another lab or of a plan, is joined or withdrawn, was answered, or is
            the one that stays.
    """
    acting.require(Act.CONTRIBUTION_JOIN)
    if any(row.id == into.id for row in joined):
        raise Conflict(mark("A contribution cannot be joined with itself."))
    hold([into, *joined, *(one for row in joined for one in queries.alike(row.id))])
    for row in (into, *joined):
        require_state(row, acting.lab.id, ContributionState.NOTED)
    if responses.standing([row.id for row in joined]):
        raise Conflict(mark("One that was answered keeps its own answer: join the others with it."))
    for row in joined:
        earlier = queries.alike(row.id)
        hold(earlier)
        for one in (row, *earlier):
            _join(acting, one, into, why)


def separate(acting: Acting[Lab], *, contribution: Contribution) -> None:
    """Separate a contribution from the one it was joined with; it is owed its own answer again.

    By the day on which it was due before. Also where the other was answered since: whoever says
    "mine was another thing" is not held to an answer to somebody else. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: it is of another lab, is not joined with any, or was withdrawn.
    """
    acting.require(Act.CONTRIBUTION_SEPARATE)
    hold([contribution])
    if contribution.state is ContributionState.NOTED:
        raise Conflict(mark("It is not joined with any."))
    require_state(contribution, acting.lab.id, ContributionState.JOINED)
    _separate(acting, contribution)


def leave(acting: Acting[Lab], contribution: Contribution) -> None:
    """Free a contribution that is withdrawn of all that is joined with it. Flushes.

    It comes out of the one it was joined with. Others that were joined with it are owed their own
    answers again, unless it was answered: then its answer is theirs, and stays so.
    """
    if contribution.state is ContributionState.JOINED:
        _separate(acting, contribution)
    if responses.of(contribution.id):
        return
    earlier = queries.alike(contribution.id)
    hold(earlier)
    for one in earlier:
        _separate(acting, one)


def owe_answer(contribution: Contribution, due_on: date) -> None:
    """Record that the facilitators owe a contribution its reasoned response. Flushes."""
    thread.owe(
        contribution.thing,
        DutyKind.RESPONSE,
        owed_by=Role.FACILITATOR.label,
        due_on=due_on,
        basis=ANSWER_TERM,
    )


def _join(acting: Acting[Lab], row: Contribution, into: Contribution, why: str) -> None:
    if row.joined_into_id is not None:
        thread.undo_descent(row.joined_into_id, row.id, DescentKind.JOINED_WITH)
    due = queries.dues([row.id]).get(row.id)
    row.owed_on = due.due_on if due is not None else row.owed_on
    row.joined_at, row.joined_into_id = acting.now, into.id
    thread.waive(row.id, DutyKind.RESPONSE, local_day(acting.now))
    # What becomes of the one that stays is what becomes of this one: the line goes on from both.
    thread.descend(into.id, row.id, DescentKind.JOINED_WITH)
    thread.copy_state(row.thing, state=row.state)
    after = {"state": row.state.value, "into": into.thing.number}
    acting.record(Act.CONTRIBUTION_JOIN, row.id, after=after, reason=why)


def _separate(acting: Acting[Lab], row: Contribution) -> None:
    owed_on, stays = row.owed_on, row.joined_into_id
    row.joined_at = row.joined_into_id = row.owed_on = None
    db.session.flush()
    if stays is not None:
        thread.undo_descent(stays, row.id, DescentKind.JOINED_WITH)
    if owed_on is not None:
        owe_answer(row, owed_on)
    thread.copy_state(row.thing, state=row.state)
    acting.record(Act.CONTRIBUTION_SEPARATE, row.id, after={"state": row.state.value})
