"""The forms of a meeting: announced or cancelled, who comes, what is said, its minutes."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from labapp.sessions.models import Modality, Sector
from labapp.web.fields import Choice, Day, Hour, Line, Text, Whole
from labapp.web.form import Form
from labapp.web.readers import Reader

#: What a contribution may measure, and how many are noted at once.
LONGEST, MOST = 500, 50
_BULLET = re.compile(r"^\s*(?:[-–—•*·]|\d{1,2}[.)])(?:\s+|$)")


class MeetingForm(Form):
    """When, where and for what people meet."""

    reader = Reader.EVERYBODY
    day = Day(_l("What day?"))
    starts = Hour(_l("From what time?"))
    ends = Hour(_l("Until what time?"))
    modality = Choice(_l("How do people meet?"), Modality, default=Modality.IN_PERSON)
    venue = Line(
        _l("Where?"), max=200, hint=_l("The hall and how to get there, or the address of the call.")
    )
    agenda = Text(
        _l("What will be spoken of?"),
        max=2000,
        rows=4,
        hint=_l("The first line is the name of the meeting."),
    )

    def validate_ends(self, field: Hour) -> None:
        """Refuse an end before the start."""
        starts: Any = self.starts.data
        if starts and field.data and field.data <= starts:
            raise ValidationError(_("A meeting ends after it starts."))


class CancelForm(Form):
    """Why a meeting will not be held."""

    reader = Reader.EVERYBODY
    reason = Text(
        _l("Why will it not be held?"),
        max=1000,
        rows=3,
        hint=_l("Say too when people will meet, if you know."),
    )


class CheckInForm(Form):
    """Somebody who comes in."""

    sector = Choice(_l("Where do they come from?"), Sector)
    name = Line(
        _l("Name"), max=200, required=False, hint=_l("Only if they wish."), reader=Reader.DESK
    )
    people = Whole(
        _l("How many at once?"),
        min=1,
        max=500,
        required=False,
        hint=_l("To copy a list kept on paper. Blank means one."),
    )


class NoteForm(Form):
    """What is said, one contribution a line."""

    reader = Reader.EVERYBODY
    said = Text(
        _l("What do people say?"),
        max=20_000,
        rows=6,
        hint=_l("One contribution a line. Each gets its number and is owed an answer."),
    )

    def lines(self) -> list[str]:
        """Return the contributions, one a line, without the marks of a list."""
        bare = (_BULLET.sub("", line).strip() for line in self.said.data.splitlines())
        return [line for line in bare if line]

    def validate_said(self, _field: Text) -> None:
        """Refuse a line that is no longer a line, too many at once, and marks without words."""
        lines = self.lines()
        if not lines:
            raise ValidationError(str(self.said.blank))
        if len(lines) > MOST:
            raise ValidationError(_("Note at most %(max)s at once.", max=MOST))
        if any(len(line) > LONGEST for line in lines):
            raise ValidationError(_("Each line may have %(max)s characters.", max=LONGEST))


class MinutesForm(Form):
    """How the meeting went."""

    reader = Reader.EVERYBODY
    minutes = Text(
        _l("What was agreed?"),
        max=10_000,
        rows=8,
        hint=_l("The report of the meeting. Name no one."),
    )
