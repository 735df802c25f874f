"""What the clock does for the pages: forget forms taken long ago."""

from datetime import datetime

from labapp.db import db
from labapp.web import service


def forget_submissions(now: datetime) -> None:
    """Forget the marks of forms taken more than a week ago, and commit."""
    service.forget_forms(now)
    db.session.commit()
