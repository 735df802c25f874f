"""Write meetings: announce, cancel, begin, note afterwards that one was held, close."""

from datetime import datetime

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local, local_day
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.sessions.models import Meeting, MeetingState, Modality
from labapp.sessions.service.lock import require_open, require_to_come
from labapp.thread import service as thread

_NOT_OVER = mark("It has not ended yet: it is begun and run, not noted afterwards.")


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
        starts_at: when.
        ends_at: after ``starts_at``, and not past: one held already is noted by ``type_in``.
        modality: how people meet.
        venue: the hall, or the address of the call.
        agenda: what will be spoken of; its first line is the meeting's title.

    Returns:
        The meeting, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: it would end before it starts, or its time is past.
    """
    acting.require(Act.MEETING_ANNOUNCE)
    if ends_at <= acting.now:
        raise Conflict(
            mark(
                "That time is past. If the meeting was held then, say so and it is noted as held."
            ),
            field="held",
        )
    meeting = _add(acting, starts_at, ends_at, modality, venue, agenda)
    _leave(acting, Act.MEETING_ANNOUNCE, meeting)
    return meeting


def type_in(
    acting: Acting[Lab],
    *,
    starts_at: datetime,
    ends_at: datetime,
    modality: Modality,
    venue: str,
    agenda: str,
) -> Meeting:
    """Note a meeting that was held and never announced here, at its own hours.

    Who came and what was said are noted next; then it is closed with its minutes. Its page says
    that it was noted afterwards, and when.

    Args:
        acting: a facilitator of the lab; the lab not closed, suspended or cancelled.
        starts_at: when it began.
        ends_at: when it ended, not after now.
        modality: how people met.
        venue: the hall, or the address of the call.
        agenda: what was spoken of; its first line is the meeting's title.

    Returns:
        The meeting, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: it ended before it started, or has not ended.
    """
    acting.require(Act.MEETING_NOTE)
    if acting.now < ends_at:
        raise Conflict(_NOT_OVER, field="held")
    meeting = _add(acting, starts_at, ends_at, modality, venue, agenda)
    _note_held(acting, meeting)
    return meeting


def note_held(acting: Acting[Lab], *, meeting: Meeting) -> None:
    """Note that a meeting announced here was held, though nobody began it here. Flushes.

    Args:
        acting: a facilitator of the lab.
        meeting: announced, never begun, its hours past.

    Raises:
        Denied: wrong role or stage.
        Conflict: it began, was cancelled, or has not ended.
    """
    acting.require(Act.MEETING_NOTE)
    require_to_come(meeting)
    if acting.now < meeting.ends_at:
        raise Conflict(_NOT_OVER)
    _note_held(acting, meeting)


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
    """Begin the meeting: from an hour before its time until the end of its day. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: it began already, was cancelled, is still to come, or its day is past.
    """
    acting.require(Act.MEETING_RUN)
    require_to_come(meeting)
    if acting.now < meeting.begins_from:
        raise Conflict(
            mark("A meeting is begun from an hour before its time: this one from %(hour)s on."),
            hour=f"{local(meeting.begins_from):%d/%m/%Y %H:%M}",
        )
    if meeting.is_past(acting.now):
        raise Conflict(mark("Its day is past: if the meeting was held, note it as held."))
    meeting.began_at = acting.now
    thread.copy_state(meeting.thing, state=meeting.state)
    _leave(acting, Act.MEETING_RUN, meeting)


def close(acting: Acting[Lab], *, meeting: Meeting, minutes: str) -> None:
    """Close the meeting with its minutes, which are public at once. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: it has not begun, is closed already, or the minutes say nothing.
    """
    acting.require(Act.MEETING_CLOSE)
    require_open(meeting)
    if not minutes.strip():
        raise Conflict(mark("A meeting is closed with its report: write what was agreed."))
    # One noted afterwards closed when it ended.
    meeting.closed_at = acting.now if meeting.typed_at is None else meeting.ends_at
    meeting.minutes = minutes
    thread.copy_state(meeting.thing, state=meeting.state)
    _leave(acting, Act.MEETING_CLOSE, meeting)


def _add(
    acting: Acting[Lab],
    starts_at: datetime,
    ends_at: datetime,
    modality: Modality,
    venue: str,
    agenda: str,
) -> Meeting:
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
    return meeting


def _note_held(acting: Acting[Lab], meeting: Meeting) -> None:
    meeting.began_at, meeting.typed_at = meeting.starts_at, acting.now
    thread.copy_state(meeting.thing, state=meeting.state)
    after = {"state": meeting.state.value, "held_on": local_day(meeting.starts_at).isoformat()}
    acting.record(Act.MEETING_NOTE, meeting.id, after=after)


def _leave(acting: Acting[Lab], act: Act, meeting: Meeting) -> None:
    after = {"state": meeting.state.value}
    acting.record(act, meeting.id, after=after)
