"""Rows of the room of meetings, for tests."""

from datetime import timedelta

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.descents import DescentKind
from labapp.domain.kinds import Kind
from labapp.labs.models import Lab
from labapp.sessions.models import Contribution, Meeting, Modality
from labapp.sessions.room import room
from labapp.thread import service as thread
from tests.make import NOW, Make


def meeting(make: Make, lab: Lab, *, begun: bool = True, closed: bool = False) -> Meeting:
    """Add a meeting of the lab: announced, and begun and closed as said."""
    state = "closed" if closed else "open" if begun else "announced"
    added = thread.add(
        Kind.MEETING, title="Agua limpia", state=state, lab_id=lab.id, published_at=NOW
    )
    return make.keep(
        Meeting(
            id=added.id,
            thing=added,
            starts_at=NOW,
            ends_at=NOW + timedelta(hours=2),
            modality=Modality.IN_PERSON,
            venue="Rancho comunal",
            agenda="Agua limpia",
            announced_at=NOW,
            began_at=NOW if begun or closed else None,
            closed_at=NOW + timedelta(hours=2) if closed else None,
            minutes="Se acordó limpiar el tanque." if closed else "",
        )
    )


def contribution(make: Make, lab: Lab, *, text: str = "Limpiar el tanque") -> Contribution:
    """Add something said in a meeting held; no answer is owed by a clock."""
    held = meeting(make, lab, closed=True)
    added = thread.add(
        Kind.CONTRIBUTION, title=text, state="noted", lab_id=lab.id, published_at=NOW
    )
    said = Contribution(id=added.id, thing=added, meeting_id=held.id, text=text, noted_at=NOW)
    db.session.add(said)
    thread.descend(added.id, held.id, DescentKind.SAID_IN)
    return said


def faults() -> list[str]:
    """Return what the room's checks say of contributions; a meeting made here left no entry."""
    return [fault for fault in faults_of(room) if not fault.startswith("meeting")]
