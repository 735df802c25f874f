"""Hold what is changed, so that of two people at once one finds that it moved on."""

from collections.abc import Iterable

from labapp.db import db
from labapp.domain.contribution import ContributionState
from labapp.domain.errors import Conflict, mark
from labapp.sessions.models import Contribution, Meeting, MeetingState


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


def hold(contributions: Iterable[Contribution]) -> None:
    """Read contributions anew and keep others from changing or answering them until the commit."""
    for one in sorted(contributions, key=lambda row: row.id):
        # Whoever answers holds the thing alone: it comes first.
        db.session.refresh(one.thing, with_for_update=True)
        db.session.refresh(one, with_for_update={"of": Contribution})


def require_state(contribution: Contribution, lab_id: int, *states: ContributionState) -> None:
    """Go on only with a contribution of this lab, in one of these states; it is held already.

    Raises:
        Conflict: it is of another lab or of a plan, or was joined or withdrawn.
    """
    if contribution.thing.lab_id != lab_id:
        raise Conflict(mark("This is of another lab."))
    if contribution.state not in states:
        raise Conflict(contribution.state.refusal)


def _hold(meeting: Meeting) -> None:
    """Read the meeting anew and keep others from changing it until the commit."""
    db.session.refresh(meeting, with_for_update=True)
