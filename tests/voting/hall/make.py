"""Votes with a hall, for tests: open now, with their roll, offering the ways asked for."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from labapp.db import db, utcnow
from labapp.domain import sheet
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.labs.service import grant
from labapp.voting import service, urn
from labapp.voting.hall import card_queries
from labapp.voting.hall import cards as printing
from labapp.voting.hall import code as codes
from labapp.voting.models import Consultation
from tests.conftest import SETTINGS
from tests.make import Make
from tests.voting import make as voting

SECRET = str(SETTINGS["SECRET_KEY"])
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
    announced = now - timedelta(seconds=1)
    consultation = voting.vote(make, lab, now=announced, opens_at=now, **changed)
    consultation.channels = " ".join(channels)
    voters = voting.voters(make, lab, people)
    for person_id in members:
        grant(lab.id, person_id, Role.MEMBER, source="test", now=now)
    db.session.flush()
    service.open_vote(lab, make.actor(lab, Role.FACILITATOR), consultation, now=now)
    db.session.commit()
    return consultation, voters


def cards(make: Make, lab: Lab, vote: Consultation, count: int = 1) -> list[str]:
    """Print cards, as the page does but for the sheet; return their codes."""
    made = printing.issue(
        lab,
        make.actor(lab, Role.FACILITATOR),
        vote,
        count=count,
        secret=SECRET,
        now=vote.opens_at,
    )
    db.session.commit()
    return [card.code for card in made]


def cast(
    lab: Lab, vote: Consultation, code: str, marks: Sequence[int], *, now: datetime | None = None
) -> str:
    """Cast the ballot of a card and commit it; return its receipt."""
    code_hash, receipt = codes.hashed(SECRET, codes.read(code)), urn.new_receipt()
    holder = card_queries.holder(
        lab.slug, vote.thing.number or 0, code_hash=code_hash, receipt=receipt
    )
    assert holder is not None
    content = sheet.marked(holder.voter.terms, marks)
    printing.cast(holder, code_hash, content, receipt=receipt, now=now or vote.opens_at)
    db.session.commit()
    return receipt
