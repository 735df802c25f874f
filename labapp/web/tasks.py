"""What the clock does for the pages: forget forms taken long ago."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from labapp.db import db
from labapp.web.models import Submission

_KEPT = timedelta(days=7)


def forget_submissions(now: datetime) -> None:
    """Forget the marks of forms taken more than a week ago, and commit."""
    db.session.execute(delete(Submission).where(Submission.taken_at < now - _KEPT))
    db.session.commit()
