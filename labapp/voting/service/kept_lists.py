"""Refuse that somebody is taken off a list of members near a vote."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local
from labapp.labs.queries.dismissals import BEFORE_A_VOTE
from labapp.thread.models import Thing
from labapp.voting.models import Vote


def require_no_vote_near(lab_id: int, now: datetime) -> None:
    """Let somebody be taken off the list where no vote is open, or opens within ten days.

    Raises:
        Conflict: it waits until that vote has closed.
    """
    near = db.session.scalar(
        select(Vote)
        .join(Vote.thing)
        .options(contains_eager(Vote.thing))
        .where(
            Thing.lab_id == lab_id,
            Vote.annulled_at.is_(None),
            Vote.closed_at.is_(None),
            Vote.closes_at > now,
            or_(Vote.opened_at.is_not(None), Vote.opens_at < now + BEFORE_A_VOTE),
        )
        .order_by(Vote.closes_at.desc(), Vote.id)
        .limit(1)
    )
    if near is not None:
        raise Conflict(
            mark(
                "From ten days before a vote until it closes nobody is taken off the list: wait "
                "until vote %(number)s has closed, on %(day)s at %(hour)s."
            ),
            number=str(near.thing.number),
            day=local(near.closes_at).strftime("%d/%m/%Y"),
            hour=local(near.closes_at).strftime("%H:%M"),
            field="reason",
        )
