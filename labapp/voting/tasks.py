"""What the clock does with votes: open them. Safe to repeat."""

from datetime import datetime

from labapp.db import db
from labapp.voting import service


def open_due(now: datetime) -> int:
    """Open the votes whose hour has come; return how many."""
    opened = service.open_due(now)
    db.session.commit()
    return len(opened)
