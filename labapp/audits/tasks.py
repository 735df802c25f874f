"""What the clock does with committees: end the seats of those whose term is over. Repeatable."""

from datetime import datetime

from labapp.audits import service
from labapp.db import db


def end_terms(now: datetime) -> int:
    """End the seats whose term is over; return how many."""
    ended = service.end_terms(now)
    db.session.commit()
    return ended
