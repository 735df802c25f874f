"""Read what letters and steps are owed: to pay it after the close, or to list it at the close."""

from sqlalchemy import select

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.followup.models import Agreement, Letter, Milestone
from labapp.followup.queries.statistics import is_unmet
from labapp.thread.models import Thing


def is_owed(thing: Thing) -> bool:
    """Tell whether a letter waits for its answer, or a step of an agreement for its end."""
    if thing.kind is Kind.LETTER:
        return db.session.get_one(Letter, thing.id).answer is None
    unmet = (
        select(Milestone.id)
        .join(Agreement, Agreement.id == Milestone.agreement_id)
        .where(Agreement.id == thing.id, Agreement.accepted_on.is_not(None), is_unmet())
    )
    return db.session.scalar(unmet.limit(1)) is not None
