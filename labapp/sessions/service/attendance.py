"""Write who came to a meeting: counted by sector, as somebody on the list of people or unnamed."""

from sqlalchemy import select

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import registering
from labapp.record.acting import Acting
from labapp.sessions import queries
from labapp.sessions.models import CheckIn, Meeting, Sector
from labapp.sessions.service.lock import require_open


def check_in(
    acting: Acting[Lab],
    *,
    meeting: Meeting,
    sector: Sector,
    who: Newcomer | None = None,
    people: int = 1,
) -> None:
    """Count who came. Flushes.

    Args:
        acting: a facilitator of the lab; the instant is not kept beside the person.
        meeting: begun and not closed.
        sector: where they come from; only the count is public.
        who: one of them by name, who is put on the lab's list of people if not there; or None.
        people: how many came at once, whoever is named among them.

    Raises:
        Denied: wrong role or stage.
        Conflict: the meeting has not begun, or is closed; or the one named is counted already, or
            sounds like somebody and nobody said who it is.
    """
    acting.require(Act.ATTENDANCE_NOTE)
    require_open(meeting)
    numbers: list[int | None] = [None] * people
    if who is not None:
        number = registering.name_on_list(acting, who)
        if queries.is_counted(meeting.id, identity.line_numbers(acting.lab.id, [number])):
            raise Conflict(mark("%(name)s is counted at this meeting already."), name=who.name)
        numbers[0] = number
    db.session.add_all(
        CheckIn(meeting_id=meeting.id, sector=sector, person_id=number) for number in numbers
    )
    db.session.flush()
    _leave(acting, meeting, sector, people)


def take_back(acting: Acting[Lab], *, meeting: Meeting, sector: Sector) -> None:
    """Take back the last person counted in a sector without a name: a finger slipped. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: the meeting is not under way, or nobody without a name is counted there.
    """
    acting.require(Act.ATTENDANCE_NOTE)
    require_open(meeting)
    last = db.session.scalar(
        select(CheckIn)
        .where(
            CheckIn.meeting_id == meeting.id,
            CheckIn.sector == sector,
            CheckIn.person_id.is_(None),
            CheckIn.name == "",
        )
        .order_by(CheckIn.id.desc())
        .limit(1)
    )
    if last is None:
        raise Conflict(
            mark("Nobody without a name is counted there. Whoever has one is taken back by name.")
        )
    _remove(acting, meeting, last)


def take_back_person(acting: Acting[Lab], *, meeting: Meeting, check_in_id: int) -> None:
    """Take back one person counted by name, and no other. They stay on the list. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: the meeting is not under way, or this person is not counted at it.
    """
    acting.require(Act.ATTENDANCE_NOTE)
    require_open(meeting)
    row = db.session.get(CheckIn, check_in_id)
    if row is None or row.meeting_id != meeting.id:
        raise Conflict(mark("This person is not counted at this meeting any more."))
    _remove(acting, meeting, row)


def _remove(acting: Acting[Lab], meeting: Meeting, row: CheckIn) -> None:
    db.session.delete(row)
    db.session.flush()
    _leave(acting, meeting, row.sector, -1)


def _leave(acting: Acting[Lab], meeting: Meeting, sector: Sector, people: int) -> None:
    """Leave the entry: how many of which sector, and nobody's number beside a meeting."""
    after = {"meeting": meeting.thing.number, "sector": sector.value, "people": people}
    acting.record(Act.ATTENDANCE_NOTE, after=after)
