"""Write what is said in meetings, one contribution a line."""

from collections.abc import Sequence
from datetime import datetime

from labapp.db import db
from labapp.domain.clocks import calendar_due
from labapp.domain.descents import DescentKind
from labapp.domain.duties import ANSWER_TERM, DutyKind
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Role
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.sessions.models import Contribution, ContributionState, Meeting
from labapp.sessions.service.lock import require_open
from labapp.thread import service as thread


def note(
    acting: Acting[Lab], *, meeting: Meeting, lines: Sequence[str], due_days: int
) -> list[Contribution]:
    """Note what was said: each line is a contribution with its number, and an answer is owed.

    Args:
        acting: a facilitator of the lab.
        meeting: begun and not closed.
        lines: one contribution each, in the order said, none empty.
        due_days: calendar days in which each must be answered.

    Returns:
        The contributions, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the meeting has not begun, or is closed.
    """
    acting.require(Act.CONTRIBUTION_NOTE)
    require_open(meeting)
    due_on = calendar_due(local_day(acting.now), due_days)
    noted = []
    for line in lines:
        contribution = add_contribution(meeting, line, acting.now)
        thread.owe(
            contribution.thing,
            DutyKind.RESPONSE,
            owed_by=Role.FACILITATOR.label,
            due_on=due_on,
            basis=ANSWER_TERM,
        )
        acting.record(Act.CONTRIBUTION_NOTE, contribution.id, after={})
        noted.append(contribution)
    return noted


def add_contribution(meeting: Meeting, text: str, now: datetime) -> Contribution:
    """Add one thing said in a meeting of a lab or a plan, on the thread below it. Flushes."""
    added = thread.add(
        Kind.CONTRIBUTION,
        title=text,
        state=ContributionState.NOTED,
        lab_id=meeting.thing.lab_id,
        plan_id=meeting.thing.plan_id,
        published_at=now,
    )
    contribution = Contribution(
        id=added.id, thing=added, meeting_id=meeting.id, text=text, noted_at=now
    )
    db.session.add(contribution)
    thread.descend(contribution.id, meeting.id, DescentKind.SAID_IN)
    return contribution
