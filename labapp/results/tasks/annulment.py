"""What the clock does with votes that ANTAI was asked to annul. Safe to repeat."""

from datetime import datetime

from labapp.db import db
from labapp.results.service import annulment


def lapse_due(now: datetime) -> int:
    """Let votes go on whose annulment was not answered in its term; return how many."""
    lapsed = annulment.lapse_due(now)
    db.session.commit()
    return lapsed
