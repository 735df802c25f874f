"""Read what was asked to be annulled of a vote that was opened."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select

from labapp.db import db
from labapp.results.models import AnnulmentRequest


def waits() -> ColumnElement[bool]:
    """Return, as SQL, whether a request waits for ANTAI."""
    return AnnulmentRequest.answered_at.is_(None)


def waiting(vote_id: int) -> AnnulmentRequest | None:
    """Return the request of this vote that waits for ANTAI, or None."""
    return db.session.scalar(
        select(AnnulmentRequest).where(AnnulmentRequest.vote_id == vote_id, waits())
    )


def latest(vote_id: int) -> AnnulmentRequest | None:
    """Return the last request of this vote, answered or not, or None."""
    return db.session.scalar(
        select(AnnulmentRequest)
        .where(AnnulmentRequest.vote_id == vote_id)
        .order_by(AnnulmentRequest.id.desc())
        .limit(1)
    )


def asked_since(vote_id: int, instant: datetime) -> bool:
    """Tell whether somebody asked it since this instant."""
    asked = exists().where(
        AnnulmentRequest.vote_id == vote_id, AnnulmentRequest.asked_at >= instant
    )
    return db.session.scalars(select(asked)).one()


def requests_past_term(now: datetime) -> Sequence[AnnulmentRequest]:
    """Return the requests of all labs whose term has passed, oldest first."""
    return db.session.scalars(
        select(AnnulmentRequest)
        .where(waits(), AnnulmentRequest.due_at <= now)
        .order_by(AnnulmentRequest.id)
    ).all()
