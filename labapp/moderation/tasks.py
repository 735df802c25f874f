"""What the clock does with appeals: put back what was not heard in its term. Safe to repeat."""

from datetime import datetime

from labapp.db import db
from labapp.moderation.service import appeals


def expire_due(now: datetime) -> int:
    """Put back what was appealed and not heard in its term, and commit; return how many."""
    ended = appeals.expire_due(now)
    db.session.commit()
    return ended
