"""Write meetings: announce, cancel, begin, close."""

from datetime import datetime

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.sessions.models import Meeting, MeetingState, Modality
from labapp.sessions.service.lock import require_open, require_to_come
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
    require_to_come(meeting)
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
    require_to_come(meeting)
    meeting.began_at = acting.now
    thread.copy_state(meeting.thing, state=meeting.state)
    _leave(acting, Act.MEETING_RUN, meeting)


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


def _leave(acting: Acting[Lab], act: Act, meeting: Meeting) -> None:
    after = {"state": meeting.state.value}
    acting.record(act, meeting.id, after=after)
