"""Write meetings: announce, cancel, begin, note what is said, close."""

from collections.abc import Sequence
from datetime import datetime

from labapp.db import db
from labapp.domain.clocks import calendar_due
from labapp.domain.descents import DescentKind
from labapp.domain.duties import ANSWER_TERM, DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Role
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.sessions.models import (
    Contribution,
    ContributionState,
    Meeting,
    MeetingState,
    Modality,
)
from labapp.thread import service as thread


def announce(
    acting: Acting[Lab],
    *,
    starts_at: datetime,
    ends_at: datetime,
    modality: Modality,
    venue: str,
    agenda: str,
) -> Meeting:
    """Announce a meeting of the lab: it is public at once.

    Args:
        acting: a facilitator of the lab; the lab not closed, suspended or cancelled.
        starts_at: may lie in the past, for a meeting held without a line and typed in later.
        ends_at: after ``starts_at``.
        modality: how people meet.
        venue: the hall, or the address of the call.
        agenda: what will be spoken of; its first line is the meeting's title.

    Returns:
        The meeting, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: it would end before it starts.
    """
    acting.require(Act.MEETING_ANNOUNCE)
    if ends_at <= starts_at:
        raise Conflict(mark("A meeting ends after it starts."))
    added = thread.add(
        Kind.MEETING,
        title=agenda.splitlines()[0],
        state=MeetingState.ANNOUNCED,
        lab_id=acting.lab.id,
        published_at=acting.now,
    )
    meeting = Meeting(
        id=added.id,
        thing=added,
        starts_at=starts_at,
        ends_at=ends_at,
        modality=modality,
        venue=venue,
        agenda=agenda,
        announced_at=acting.now,
    )
    db.session.add(meeting)
    db.session.flush()
    _leave(acting, Act.MEETING_ANNOUNCE, meeting)
    return meeting


def cancel(acting: Acting[Lab], *, meeting: Meeting, reason: str) -> None:
    """Cancel a meeting that has not begun; it stays where it was announced. Flushes.

    Args:
        acting: a facilitator of the lab.
        meeting: announced, and not begun.
        reason: not empty; everybody reads it.

    Raises:
        Denied: wrong role or stage.
        Conflict: it began already, or was cancelled.
    """
    acting.require(Act.MEETING_CANCEL)
    _require_to_come(meeting)
    meeting.cancelled_at, meeting.cancelled_why = acting.now, reason
    thread.copy_state(meeting.thing, state=meeting.state)
    acting.record(
        Act.MEETING_CANCEL, meeting.id, after={"state": meeting.state.value}, reason=reason
    )


def begin(acting: Acting[Lab], *, meeting: Meeting) -> None:
    """Begin the meeting. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: it began already, or was cancelled.
    """
    acting.require(Act.MEETING_RUN)
    _require_to_come(meeting)
    meeting.began_at = acting.now
    thread.copy_state(meeting.thing, state=meeting.state)
    _leave(acting, Act.MEETING_RUN, meeting)


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


def close(acting: Acting[Lab], *, meeting: Meeting, minutes: str) -> None:
    """Close the meeting with its minutes, which are public at once. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: it has not begun, or is closed already.
    """
    acting.require(Act.MEETING_CLOSE)
    require_open(meeting)
    meeting.closed_at, meeting.minutes = acting.now, minutes
    thread.copy_state(meeting.thing, state=meeting.state)
    _leave(acting, Act.MEETING_CLOSE, meeting)


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


def _hold(meeting: Meeting) -> None:
    """Read the meeting anew and keep others from changing it until the commit."""
    db.session.refresh(meeting, with_for_update=True)


def _require_to_come(meeting: Meeting) -> None:
    _hold(meeting)
    if meeting.state in (MeetingState.OPEN, MeetingState.CLOSED):
        raise Conflict(mark("This meeting began already."))
    if meeting.state is MeetingState.CANCELLED:
        raise Conflict(mark("This meeting was cancelled."))


def require_open(meeting: Meeting) -> None:
    """Let pass a meeting under way, held until the commit.

    Raises:
        Conflict: it has not begun, was cancelled or is closed.
    """
    _hold(meeting)
    if meeting.state in (MeetingState.ANNOUNCED, MeetingState.CANCELLED):
        raise Conflict(mark("This meeting has not begun."))
    if meeting.state is MeetingState.CLOSED:
        raise Conflict(mark("This meeting is closed."))


def _leave(acting: Acting[Lab], act: Act, meeting: Meeting) -> None:
    after = {"state": meeting.state.value}
    acting.record(act, meeting.id, after=after)
