"""Rows of reviews, for this room's tests and those above it."""

from datetime import date, timedelta

from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.review import service
from labapp.review.models import Review
from tests.make import NOW, Make

TODAY = NOW.date()


def review(
    make: Make, lab: Lab, *, starts: date = TODAY - timedelta(days=90), ends: date | None = None
) -> Review:
    """Send the follow-up of a period that ended yesterday, unless said."""
    return service.send_review(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW),
        period=service.Period(starts, ends or TODAY - timedelta(days=1)),
        report="Se reparó la losa; falta la pared norte.",
        due_days=15,
    )
