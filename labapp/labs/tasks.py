"""What the clock does with lists of people: part who objected to a join. Safe to repeat."""

from datetime import datetime

from labapp.db import db
from labapp.labs.service import same_person


def separate_due(now: datetime) -> int:
    """Part those whose objection waited for the end of a vote; return how many."""
    parted = same_person.separate_due(now)
    db.session.commit()
    return parted
