"""Rows of reviews and evidence, for this room's tests and those above it."""

from datetime import date, timedelta

from labapp.domain.kinds import Kind
from labapp.domain.policy import Role
from labapp.files.models import StoredFile
from labapp.followup.models import Evidence, Milestone
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.review import service
from labapp.review.models import Review
from labapp.thread import service as thread
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


def evidence(
    make: Make,
    lab: Lab,
    step: Milestone,
    *,
    attested_by: str = "entity",
    public: bool = True,
) -> Evidence:
    """Add a piece of evidence of a step, without a file on the disk."""
    thing = thread.add(
        Kind.EVIDENCE,
        title="Foto",
        state="public" if public else "reserved",
        lab_id=lab.id,
        published_at=NOW if public else None,
    )
    stored = make.keep(
        StoredFile(sha256="0" * 64, media_type="image/jpeg", name="f.jpg", size=1, stored_at=NOW)
    )
    return make.keep(
        Evidence(
            id=thing.id,
            milestone_id=step.id,
            file_id=stored.id,
            caption="Foto",
            public=public,
            withheld_why="" if public else "Se ve a un menor",
            attested_by=attested_by,
            added_at=NOW,
        )
    )
