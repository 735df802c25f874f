"""Write reasoned responses: what was decided on a thing, and why."""

from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.contribution import ContributionState
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.responses.models import Decision, Response
from labapp.responses.queries import ANSWERED
from labapp.thread import service as thread
from labapp.thread.models import Thing


def answer(
    acting: Acting[Lab], *, thing: Thing, decision: Decision, reason: str, office: str, signer: str
) -> Response:
    """Answer a thing, or answer it anew: earlier versions are kept.

    Args:
        acting: a facilitator of the lab, or ANTAI; the instant of the answer; the duty "response"
            is met on its day.
        thing: a published contribution, problem or proposal of this lab.
        decision: what was decided.
        reason: why, not empty.
        office: the office that signs.
        signer: who holds it.

    Returns:
        The response, flushed. Two answers at the same instant collide at the constraint.

    Raises:
        Denied: wrong role or stage.
        Conflict: the thing is of another lab, is not published, or is answered otherwise; a
            contribution joined with another is answered with it, and one withdrawn, never
            answered, is owed nothing.
    """
    acting.require(Act.RESPONSE_GIVE)
    if thing.lab_id != acting.lab.id or thing.kind not in ANSWERED or not thing.has_place:
        raise Conflict(mark("This cannot be answered here."))
    db.session.refresh(thing, with_for_update=True)
    last = db.session.scalar(
        select(func.max(Response.version)).where(Response.thing_id == thing.id)
    )
    if thing.kind is Kind.CONTRIBUTION and last is None:
        _require_answerable(ContributionState(thing.state))
    if thing.is_hidden and last is None:
        raise Conflict(mark("All of it was taken away: there is nothing to answer."))
    response = Response(
        thing_id=thing.id,
        version=(last or 0) + 1,
        decision=decision,
        reason=reason,
        office=office,
        signer=signer,
        answered_at=acting.now,
        answered_by_id=acting.actor.person_id,
    )
    db.session.add(response)
    db.session.flush()
    thread.settle(thing.id, DutyKind.RESPONSE, local_day(acting.now))
    acting.record(
        Act.RESPONSE_GIVE,
        thing.id,
        after={"version": response.version, "decision": decision.value},
        reason=reason,
    )
    return response


def _require_answerable(state: ContributionState) -> None:
    """Refuse a first answer to what was joined with another, or withdrawn."""
    if state.refusal:
        raise Conflict(state.refusal)
