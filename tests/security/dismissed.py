"""Somebody taken off a list, whose appeal waits: an address that stands for doors and forms."""

from datetime import datetime, timedelta

from labapp.db import db
from labapp.labs.models import Lab
from labapp.labs.models.dismissal import Dismissal


def appealed(lab: Lab, person_id: int, *, by: int, now: datetime) -> None:
    """Add a dismissal of this person, and their appeal: its service refuses it near a vote."""
    db.session.add(
        Dismissal(
            lab_id=lab.id,
            person_id=person_id,
            reason="No vive en la comunidad.",
            made_at=now,
            made_by_id=by,
            appealed_at=now,
            appeal="Sí vivo allí.",
            due_at=now + timedelta(days=10),
        )
    )
    db.session.flush()
