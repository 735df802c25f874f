"""Write votes: announce, open, close, annul, publish. Ballots are cast in ``urn``."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert

from labapp.db import db
from labapp.domain import roll
from labapp.domain.descents import DescentKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act, Actor, require
from labapp.domain.roles import CLOCK
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import stir
from labapp.record import service as record
from labapp.thread import service as thread
from labapp.voting import queries
from labapp.voting.models import Consultation, RollLine, VoteState
from labapp.voting.service.vote_draft import Plan, consulted, refuse_stage, written


def announce(lab: Lab, actor: Actor, plan: Plan, *, now: datetime) -> Consultation:
    """Announce a vote with its paper, and open it if its hour has come.

    Args:
        lab: votes on proposals need the stage of prioritization.
        actor: a facilitator.
        plan: what is decided.
        now: the instant of the act.

    Returns:
        The consultation, flushed, with its thing and its options.

    Raises:
        Denied: wrong role or stage.
        Conflict: the numbers, the hours or the options will not do; ``field`` names which.
    """
    require(actor, Act.VOTE_SET, lab.stage)
    lines = written(lab, plan)
    opens_at = max(plan.opens_at or now, now)
    if plan.closes_at <= opens_at:
        sentence = mark("A vote closes after it opens: choose a later time.")
        raise Conflict(sentence, field="closes_at")
    thing = thread.add(
        Kind.VOTE,
        title=plan.question,
        state=VoteState.ANNOUNCED,
        lab_id=lab.id,
        published_at=now,
    )
    consultation = consulted(plan, lines, opens_at=opens_at, now=now)
    consultation.thing = thing
    db.session.add(consultation)
    db.session.flush()
    for line in lines:
        if line.thing_id is not None:
            thread.descend(thing.id, line.thing_id, DescentKind.PUT_TO_THE_VOTE)
    after = {
        "question": plan.question,
        "options": [line.label for line in lines],
        "method": plan.method.name,
        "channels": consultation.channels,
    }
    if plan.budget is not None:
        after |= {"budget": str(plan.budget), "funder": plan.funder}
    _note(lab, actor, Act.VOTE_SET, consultation, now, after=after)
    if opens_at <= now and labs.member_ids(lab.id):
        _open(lab, actor, consultation, now)
    return consultation


def open_vote(lab: Lab, actor: Actor, consultation: Consultation, *, now: datetime) -> None:
    """Open an announced vote by hand, once its hour has come. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: not its hour, opened already, annulled, or nobody is a member.
    """
    require(actor, Act.VOTE_OPEN, lab.stage)
    refuse_stage(consultation.subject, lab)
    if not consultation.opens_at <= now < consultation.closes_at:
        raise Conflict(mark("It is not the hour announced for this vote to open."))
    _open(lab, actor, consultation, now)


def open_due(now: datetime) -> list[int]:
    """Open, as the clock does, every vote whose hour has come; return their ids. Flushes."""
    opened = []
    for consultation in queries.to_open(now):
        lab = _lab(consultation)
        if labs.member_ids(lab.id):
            _open(lab, CLOCK, consultation, now)
            opened.append(consultation.id)
    return opened


def _open(lab: Lab, actor: Actor, consultation: Consultation, now: datetime) -> None:
    """Freeze the roll, and with it all the rest: the database refuses changes from here on."""
    vote = queries.locked(consultation.id)
    if vote.opened_at or vote.annulled_at:
        raise Conflict(mark("This vote was opened or annulled already."))
    people = labs.member_ids(lab.id)
    if not people:
        raise Conflict(mark("Nobody could vote: admit members to the lab first."))
    db.session.execute(
        insert(RollLine), [{"consultation_id": vote.id, "person_id": who} for who in people]
    )
    salt = secrets.token_hex(16)
    vote.roll_size, vote.roll_salt, vote.roll_hash = len(people), salt, roll.seal(salt, people)
    vote.opened_at = now
    thread.show(vote.thing, state=vote.state(now))
    after = {"roll": vote.roll_size, "hash": vote.roll_hash}
    _note(lab, actor, Act.VOTE_OPEN, vote, now, after=after)


def _lab(consultation: Consultation) -> Lab:
    return db.session.get_one(Lab, consultation.thing.lab_id)


def _note(
    lab: Lab,
    actor: Actor,
    act: Act,
    vote: Consultation,
    now: datetime,
    *,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    record.write(
        actor,
        act,
        lab_id=lab.id,
        thing_id=vote.id,
        after=dict(after or {}),
        reason=reason,
        now=now,
    )
    stir(lab, now)
    db.session.flush()
