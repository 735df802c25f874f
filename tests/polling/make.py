"""Votes with a hall, for tests: open now, with their roll, offering the ways asked for."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from labapp.counting import ballot_text
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.labs.service import grant
from labapp.polling import card_code
from labapp.polling.queries import cards as card_queries
from labapp.polling.service import cards as card_service
from labapp.record.acting import Acting
from labapp.voting import service
from labapp.voting.models import RollLine, Turnout, Vote
from labapp.voting.service import ballot_box
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
    crowd: int = 0,
    channels: tuple[Channel, ...] = EVERY,
    members: Sequence[int] = (),
    now: datetime | None = None,
    **changed: object,
) -> tuple[Vote, list[Actor]]:
    """Open a vote that offers these ways, to so many new voters, a crowd and these people."""
    now = now or utcnow()
    announced = now - timedelta(seconds=1)
    vote = voting.vote(make, lab, now=announced, opens_at=now, **changed)
    vote.channels = " ".join(channels)
    voters = voting.voters(make, lab, people)
    voting.voters(make, lab, crowd)
    for person_id in members:
        grant(lab.id, person_id, Role.MEMBER, source="test", now=now)
    db.session.flush()
    service.open_vote(Acting(lab, make.actor(lab, Role.FACILITATOR), now), vote)
    db.session.commit()
    return vote, voters


def cards(make: Make, lab: Lab, vote: Vote, count: int = 1) -> list[str]:
    """Print cards, as the page does but for the sheet; return their codes."""
    made = card_service.issue(
        Acting(lab, make.actor(lab, Role.FACILITATOR), vote.opens_at),
        vote,
        count=count,
        secret=SECRET,
    )
    db.session.commit()
    return [card.code for card in made]


def hand_out(vote: Vote, count: int, channel: Channel = Channel.CARD) -> None:
    """Take so many free lines of the roll, the last first: as many as there are."""
    taken = select(Turnout.person_id).where(Turnout.vote_id == vote.id)
    free = db.session.scalars(
        select(RollLine.person_id)
        .where(RollLine.vote_id == vote.id, RollLine.person_id.not_in(taken))
        .order_by(RollLine.person_id.desc())
        .limit(max(count, 0))
    ).all()
    db.session.add_all(
        Turnout(vote_id=vote.id, person_id=person_id, channel=channel) for person_id in free
    )
    db.session.commit()


def given(make: Make, lab: Lab, vote: Vote, count: int = 1) -> list[str]:
    """Print cards and hand them out, each against a line of the roll; return their codes."""
    hand_out(vote, count)
    return cards(make, lab, vote, count)


def cast(
    lab: Lab, vote: Vote, code: str, marks: Sequence[int], *, now: datetime | None = None
) -> str:
    """Cast the ballot of a card and commit it; return its receipt."""
    code_hash, receipt = card_code.hash_code(SECRET, card_code.read(code)), ballot_box.new_receipt()
    holder = card_queries.holder(
        lab.slug, vote.thing.number or 0, code_hash=code_hash, receipt=receipt
    )
    assert holder is not None
    content = ballot_text.write_marks(holder.voter.terms, marks)
    card_service.cast(holder, code_hash, content, receipt=receipt, now=now or vote.opens_at)
    db.session.commit()
    return receipt
