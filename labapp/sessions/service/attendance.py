"""Write who came to a meeting: counted by sector, with a name or without."""

from sqlalchemy import select

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.sessions.models import CheckIn, Meeting, Sector
from labapp.sessions.service import require_open


def check_in(
    acting: Acting[Lab], *, meeting: Meeting, sector: Sector, name: str = "", people: int = 1
) -> None:
    """Count who came. Flushes.

    Args:
        acting: a facilitator of the lab; the instant is not kept beside the person.
        meeting: begun and not closed.
        sector: where they come from; only the count is public.
        name: never published; only with one person.
        people: how many at once, for a list kept on paper.

    Raises:
        Denied: wrong role or stage.
        Conflict: the meeting has not begun, or is closed.
    """
    acting.require(Act.ATTENDANCE_NOTE)
    require_open(meeting)
    given = name if people == 1 else ""
    db.session.add_all(
        CheckIn(meeting_id=meeting.id, sector=sector, name=given) for _ in range(people)
    )
    db.session.flush()
    after = {"meeting": meeting.thing.number, "sector": sector.value, "people": people}
    acting.record(Act.ATTENDANCE_NOTE, after=after)


def take_back(acting: Acting[Lab], *, meeting: Meeting, sector: Sector) -> None:
    """Take back the last person counted in a sector: a finger slipped. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: the meeting is not under way, or nobody is counted there.
    """
    acting.require(Act.ATTENDANCE_NOTE)
    require_open(meeting)
    last = db.session.scalar(
        select(CheckIn)
        .where(CheckIn.meeting_id == meeting.id, CheckIn.sector == sector)
        .order_by(CheckIn.id.desc())
        .limit(1)
    )
    if last is None:
        raise Conflict(mark("Nobody is counted there."))
    db.session.delete(last)
    db.session.flush()
    after = {"meeting": meeting.thing.number, "sector": sector.value, "people": -1}
    acting.record(Act.ATTENDANCE_NOTE, after=after)
