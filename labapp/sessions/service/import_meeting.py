"""Bring in a meeting of a plan, held before this site existed."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import instant
from labapp.domain.policy import Act
from labapp.plans.models import Plan
from labapp.record.acting import Acting
from labapp.sessions.models import Meeting, MeetingState, Modality
from labapp.sessions.service.contributions import add_contribution
from labapp.thread import service as thread
from labapp.thread.models import Thing

_TABLE = Path(__file__).parents[2] / "data" / "mesa_2023-07-25.json"
_MODALITIES = {"virtual": Modality.VIRTUAL, "mixta": Modality.MIXED}


def table_of_2023() -> dict[str, Any]:
    """Return the published facts of the co-creation table of 25 July 2023."""
    facts: dict[str, Any] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return facts


def import_plan_meeting(acting: Acting[None], plan: Plan, *, facts: dict[str, Any]) -> Meeting:
    """Add a meeting of the plan and what was said in it. Bringing it in twice makes one.

    Whether its contributions were answered is not known here, so no clock runs on them.

    Args:
        acting: whoever may edit the plan.
        plan: the plan it belongs to.
        facts: as ``table_of_2023`` returns them.

    Returns:
        The meeting, flushed.

    Raises:
        Denied: wrong role.
        Conflict: it has not been held yet.
    """
    acting.require(Act.PLAN_EDIT)
    starts_at, ends_at = (_moment(facts["date"], facts[key]) for key in ("start", "end"))
    if acting.now < ends_at:
        raise Conflict(mark("A meeting is brought in once it was held."))
    known = db.session.scalar(
        select(Meeting)
        .join(Meeting.thing)
        .where(Thing.plan_id == plan.id, Meeting.starts_at == starts_at)
    )
    if known is not None:
        return known
    agenda = str(facts["topic"])
    added = thread.add(
        Kind.MEETING,
        title=agenda,
        state=MeetingState.CLOSED,
        plan_id=plan.id,
        published_at=acting.now,
    )
    meeting = Meeting(
        id=added.id,
        thing=added,
        starts_at=starts_at,
        ends_at=ends_at,
        modality=_MODALITIES.get(facts["modality"], Modality.IN_PERSON),
        venue=str(facts["platform"]),
        agenda=agenda,
        announced_at=starts_at,
        began_at=starts_at,
        closed_at=ends_at,
        attended=int(facts["participants_total"]),
        clocked=False,
    )
    db.session.add(meeting)
    db.session.flush()
    for contribution in facts["contributions"]:
        add_contribution(meeting, str(contribution["es"]), acting.now)
    acting.record(Act.MEETING_CLOSE, meeting.id, after={"state": meeting.state.value})
    return meeting


def _moment(day: str, hour: str) -> datetime:
    """Read a day and an hour of Panama."""
    return instant(datetime.fromisoformat(f"{day}T{hour}"))
