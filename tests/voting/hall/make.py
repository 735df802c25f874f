"""Votes with a hall, for tests: open now, with their roll, offering the ways asked for."""

from collections.abc import Sequence
from datetime import datetime

from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.labs.service import grant
from labapp.voting import service
from labapp.voting.models import Consultation
from tests.make import Make
from tests.voting import make as voting

EVERY = tuple(Channel)


def vote(
    make: Make,
    lab: Lab,
    *,
    people: int = 1,
    channels: tuple[Channel, ...] = EVERY,
    members: Sequence[int] = (),
    now: datetime | None = None,
    **changed: object,
) -> tuple[Consultation, list[Actor]]:
    """Open a vote that offers these ways, to so many new voters and to these people."""
    now = now or utcnow()
    consultation = voting.vote(make, lab, now=now, **changed)
    consultation.channels = " ".join(channels)
    voters = voting.voters(make, lab, people)
    for person_id in members:
        grant(lab.id, person_id, Role.MEMBER, source="test", now=now)
    db.session.flush()
    service.open_vote(lab, make.actor(lab, Role.FACILITATOR), consultation, now=now)
    db.session.commit()
    return consultation, voters
