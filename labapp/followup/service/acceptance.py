"""Where and when an entity said yes: a letter that it answered, or a meeting that was held."""

from datetime import date

from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.followup import queries
from labapp.followup.models import Agreement, LetterAnswer
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.sessions.queries import held_meetings
from labapp.thread.models import Thing

_CHOOSE = mark("Choose the letter or the meeting where the entity said yes.")


def require_yes(acting: Acting[Lab], agreement: Agreement, *, by: Thing, accepted_on: date) -> None:
    """Let pass an agreement that this letter or meeting of the lab says was accepted that day.

    Raises:
        Conflict: ``by`` is not public here, is no letter of this entity answered yes or in part
            and no meeting that was held; or the day is to come, is not that of the meeting, or
            lies before the letter's answer or before what the agreement comes from.
    """
    if by.lab_id != acting.lab.id or not by.is_public:
        raise Conflict(_CHOOSE)
    if accepted_on > local_day(acting.now):
        raise Conflict(mark("That day has not come yet."), field="accepted_on")
    if by.kind is Kind.MEETING:
        _require_said_in(by, accepted_on)
    else:
        _require_answered(by, agreement, accepted_on)
    since = queries.existed_since(agreement.id)
    if since is not None and accepted_on < since:
        raise Conflict(
            mark("What the agreement comes from is of %(day)s: it was not accepted before."),
            field="accepted_on",
            day=f"{since:%d/%m/%Y}",
        )


def _require_said_in(by: Thing, accepted_on: date) -> None:
    meeting = held_meetings.by_thing(by.id)
    if meeting is None or meeting.began_at is None:
        raise Conflict(mark("That meeting was not held: nothing was accepted in it."), field="by")
    if not meeting.was_on(accepted_on):
        raise Conflict(
            mark("That meeting was held on %(day)s: what was accepted in it was so on that day."),
            field="accepted_on",
            day=f"{local_day(meeting.began_at):%d/%m/%Y}",
        )


def _require_answered(by: Thing, agreement: Agreement, accepted_on: date) -> None:
    letter = queries.letter_of(by.id) if by.kind is Kind.LETTER else None
    if (
        letter is None
        or letter.answered_on is None
        or letter.answer not in (LetterAnswer.ACCEPTED, LetterAnswer.PARTLY)
        or letter.organization_id != agreement.organization_id
    ):
        raise Conflict(_CHOOSE)
    if accepted_on < letter.answered_on:
        raise Conflict(
            mark("The entity answered that letter on %(day)s: it did not accept before."),
            field="accepted_on",
            day=f"{letter.answered_on:%d/%m/%Y}",
        )
