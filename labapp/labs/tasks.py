"""What the clock does with lists of people: joins objected to, appeals. Safe to repeat."""

from datetime import datetime

from labapp.db import db
from labapp.labs.service import dismissals, same_person


def separate_due(now: datetime) -> int:
    """Part those whose objection waited for the end of a vote; return how many."""
    parted = same_person.separate_due(now)
    db.session.commit()
    return parted


def expire_due(now: datetime) -> int:
    """Give back the memberships whose appeal was not heard in its term; return how many."""
    expired = dismissals.expire_due(now)
    db.session.commit()
    return expired
