"""Hold a meeting while it is changed, so that of two people at once one finds it moved on."""

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.sessions.models import Meeting, MeetingState


def require_to_come(meeting: Meeting) -> None:
    """Hold a meeting that has not begun and was not cancelled.

    Raises:
        Conflict: it began already, or was cancelled.
    """
    _hold(meeting)
    if meeting.state in (MeetingState.OPEN, MeetingState.CLOSED):
        raise Conflict(mark("This meeting began already."))
    if meeting.state is MeetingState.CANCELLED:
        raise Conflict(mark("This meeting was cancelled."))


def require_open(meeting: Meeting) -> None:
    """Hold a meeting that has begun and is not closed.

    Raises:
        Conflict: it has not begun, or is closed.
    """
    _hold(meeting)
    if meeting.state in (MeetingState.ANNOUNCED, MeetingState.CANCELLED):
        raise Conflict(mark("This meeting has not begun."))
    if meeting.state is MeetingState.CLOSED:
        raise Conflict(mark("This meeting is closed."))


def _hold(meeting: Meeting) -> None:
    """Read the meeting anew and keep others from changing it until the commit."""
    db.session.refresh(meeting, with_for_update=True)
