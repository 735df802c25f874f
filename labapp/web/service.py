"""Write the memory of forms already taken."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from labapp.db import db
from labapp.web.models import Submission

_KEPT = timedelta(days=7)


def remember_form(once: str, *, location: str, now: datetime) -> None:
    """Note where the form with this mark led. Not flushed: the edge commits."""
    db.session.add(Submission(once=once, location=location, taken_at=now))


def forget_forms(now: datetime) -> None:
    """Forget the marks of forms taken more than a week ago. The edge commits."""
    db.session.execute(delete(Submission).where(Submission.taken_at < now - _KEPT))
