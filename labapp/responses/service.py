"""Write reasoned responses: what was decided on a thing, and why."""

from datetime import datetime

from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Actor, require
from labapp.labs.models import Lab
from labapp.labs.service import stir
from labapp.record import service as record
from labapp.responses.models import Decision, Response
from labapp.responses.queries import ANSWERED
from labapp.thread import service as thread
from labapp.thread.models import Thing

#: The duty that an answer meets.


def answer(
    lab: Lab,
    actor: Actor,
    *,
    thing: Thing,
    decision: Decision,
    reason: str,
    office: str,
    signer: str,
    now: datetime,
) -> Response:
    """Answer a thing, or answer it anew: earlier versions are kept.

    Args:
        lab: the lab of the thing.
        actor: a facilitator of the lab, or ANTAI.
        thing: a published contribution, problem or proposal of this lab.
        decision: what was decided.
        reason: why, not empty.
        office: the office that signs.
        signer: who holds it.
        now: the instant of the answer; the duty "response" is met on its day.

    Returns:
        The response, flushed. Two answers at the same instant collide at the constraint.

    Raises:
        Denied: wrong role or stage.
        Conflict: the thing is of another lab, is not published, or is answered otherwise.
    """
    require(actor, Act.RESPONSE_GIVE, lab.stage)
    if thing.lab_id != lab.id or thing.kind not in ANSWERED or not thing.is_public:
        raise Conflict(mark("This cannot be answered here."))
    last = db.session.scalar(
        select(func.max(Response.version)).where(Response.thing_id == thing.id)
    )
    response = Response(
        thing_id=thing.id,
        version=(last or 0) + 1,
        decision=decision,
        reason=reason,
        office=office,
        signer=signer,
        answered_at=now,
        answered_by_id=actor.person_id,
    )
    db.session.add(response)
    db.session.flush()
    thread.settle(thing.id, DutyKind.RESPONSE, local_day(now))
    record.write(
        actor,
        Act.RESPONSE_GIVE,
        lab_id=lab.id,
        thing_id=thing.id,
        after={"version": response.version, "decision": decision.value},
        reason=reason,
        now=now,
    )
    stir(lab, now)
    return response
