"""Read what happens in the hall."""

from collections.abc import Sequence

from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.channel import Channel, read
from labapp.voting.hall.models import Batch, HandCount, Hands, Reconciliation
from labapp.voting.models import Consultation, Turnout
from labapp.voting.result import Hall


def taken(consultation_id: int) -> dict[Channel, int]:
    """Return how many lines of the roll are taken by each way."""
    rows = db.session.execute(
        select(Turnout.channel, func.count())
        .where(Turnout.consultation_id == consultation_id)
        .group_by(Turnout.channel)
    )
    return {row[0]: row[1] for row in rows}


def of(consultation_id: int) -> Hall:
    """Return what came of the hall beside the ballots in the urn."""
    rows = db.session.execute(
        select(HandCount.position, HandCount.votes).where(
            HandCount.consultation_id == consultation_id
        )
    )
    people, spoilt = db.session.execute(
        select(
            select(func.coalesce(func.sum(Hands.people), 0))
            .where(Hands.consultation_id == consultation_id)
            .scalar_subquery(),
            select(func.coalesce(func.sum(Batch.spoilt), 0))
            .where(Batch.consultation_id == consultation_id)
            .scalar_subquery(),
        )
    ).one()
    return Hall(people, {row[0]: row[1] for row in rows}, spoilt)


def settled(consultation_id: int) -> Sequence[Reconciliation]:
    """Return what was reconciled of each way of the hall."""
    return db.session.scalars(
        select(Reconciliation)
        .where(Reconciliation.consultation_id == consultation_id)
        .order_by(Reconciliation.channel)
    ).all()


def is_reconciled(vote: Consultation) -> bool:
    """Tell whether every channel of the hall was reconciled: only then may it be counted."""
    offered = {channel for channel in read(vote.channels) if channel is not Channel.ACCOUNT}
    if not offered:
        return True
    done = db.session.scalars(
        select(Reconciliation.channel).where(Reconciliation.consultation_id == vote.id)
    )
    return offered <= set(done)
