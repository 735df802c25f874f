"""A vote held in the hall of the town: papers to type, hands to count, a way to reconcile."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.polling.models import Batch
from labapp.polling.service import batches
from labapp.polling.transcription import TypedPaper
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.voting import service
from labapp.voting.models import RollLine, Subject, Turnout, Vote
from labapp.voting.models.roll_objection import ObjectionKind
from labapp.voting.service import objections
from labapp.voting.service.objections import ObjectionText
from labapp.voting.service.vote_draft import VoteDraft

_QUESTION = "¿Qué se hace en la sala?"


def opened(lab: Lab, *, now: datetime) -> list[Vote]:
    """Open two votes before anybody of the town comes, so that none of them is on the roll."""
    guide = Actor(None, frozenset({Role.FACILITATOR}))
    return [_vote(lab, guide, _QUESTION, now=now, opens_at=now) for _ in range(2)]


def held(
    lab: Lab, facilitator: Actor, teller: Actor, *, photo: bytes, folder: Path, now: datetime
) -> None:
    """Hold them: one with a pile nobody typed and one on which two differ, the other closed."""
    one, other = db.session.scalars(
        select(Vote).where(Vote.question == _QUESTION).order_by(Vote.id)
    )
    for vote in (one, other):
        for way, person_id in zip([*Channel] * 2, _roll(vote), strict=True):
            db.session.add(Turnout(vote_id=vote.id, person_id=person_id, channel=way))
    for _ in range(2):
        _pile(lab, facilitator, one, photo=photo, folder=folder, now=now)
    for actor, content in ((facilitator, "1"), (teller, "2")):
        lines = {1: TypedPaper(content)}
        batches.type_in(Acting(lab, actor, now), one, number=2, lines=lines)
    soon = _vote(lab, facilitator, "¿Y después?", now=now, opens_at=now + timedelta(days=2))
    text = ObjectionText(ObjectionKind.WRONG, "Una está dos veces.", days=3)
    objections.note_objection(
        Acting(lab, facilitator, now), soon, text=text, person_id=None, name="Luz"
    )
    other.closed_at = now
    thread.copy_state(other.thing, state="closed")
    db.session.flush()


def _pile(
    lab: Lab, actor: Actor, vote: Vote, *, photo: bytes, folder: Path, now: datetime
) -> Batch:
    return batches.add(Acting(lab, actor, now), vote, sheets=1, photo=photo, folder=folder)


def _roll(vote: Vote) -> list[int]:
    mine = select(RollLine.person_id).where(RollLine.vote_id == vote.id)
    return list(db.session.scalars(mine.order_by(RollLine.person_id).limit(8)))


def _vote(
    lab: Lab, facilitator: Actor, question: str, *, now: datetime, opens_at: datetime
) -> Vote:
    plan = VoteDraft(
        subject=Subject.FREE,
        question=question,
        lines=("Una cosa", "Otra cosa"),
        max_marks=1,
        seats=1,
        quorum=0,
        tie_rule="El sorteo del domingo.",
        opens_at=opens_at,
        closes_at=now + timedelta(days=7),
        channels=tuple(Channel),
    )
    return service.announce(Acting(lab, facilitator, now), plan)
