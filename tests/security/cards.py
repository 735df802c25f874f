"""A voting card of the town, to try the pages of whoever holds one."""

from flask import Flask
from sqlalchemy import select

from labapp.accounts.models import Person
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.polling.service import cards, roll
from labapp.record.acting import Acting
from labapp.results import queries
from labapp.voting.models import RollLine, Turnout


def printed(app: Flask, guide_id: int, slug: str) -> str:
    """Print a card of the open vote of a lab and hand it out to a neighbour; return its code."""
    lab = db.session.scalars(select(Lab).where(Lab.slug == slug)).one()
    vote = next(row[0] for row in queries.in_lab(lab.id).rows if row[0].opened_at)
    assert vote.closed_at is None
    guide, secret = Actor(guide_id, frozenset({Role.FACILITATOR})), str(app.config["SECRET_KEY"])
    (made,) = cards.issue(Acting(lab, guide, utcnow()), vote, count=1, secret=secret)
    taken = select(Turnout.person_id).where(Turnout.vote_id == vote.id)
    neighbour = db.session.scalars(
        select(Person.id)
        .join(RollLine, RollLine.person_id == Person.id)
        .where(RollLine.vote_id == vote.id, Person.username.is_(None), Person.id.not_in(taken))
        .order_by(Person.name)
        .limit(1)
    ).one()
    way = Channel.CARD
    roll.take(Acting(lab, guide, utcnow()), vote, person_id=neighbour, channel=way)
    return made.code
