"""The forms of a meeting: announced or cancelled, who comes, what is said, its minutes."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from labapp.labs.forms import LONGEST_MARK, LONGEST_NAME, newcomer, who_options
from labapp.labs.queries.recognition import Newcomer, Recognition
from labapp.sessions.models import Modality, Sector
from labapp.web.fields import Choice, Day, Hour, Line, Text, Whole
from labapp.web.form import Form

#: What a contribution may measure, and how many are noted at once.
LONGEST, MOST = 500, 50
_BULLET = re.compile(r"^\s*(?:[-–—•*·]|\d{1,2}[.)])(?:\s+|$)")


class MeetingForm(Form):
    """When, where and for what people meet."""

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

    reason = Text(
        _l("Why will it not be held?"),
        max=1000,
        rows=3,
        hint=_l("Everybody will read this reason. Say too when people will meet, if you know."),
    )


class CheckInForm(Form):
    """Somebody who comes in."""

    sector = Choice(_l("Where do they come from?"), Sector)
    name = Line(
        _l("Name"),
        max=LONGEST_NAME,
        required=False,
        hint=_l(
            "Only if they wish. A part of the name will do for whoever is on the list of people. "
            "It is never published."
        ),
    )
    people = Whole(
        _l("How many at once?"),
        min=1,
        max=500,
        required=False,
        hint=_l("Whoever you name counts as one of them. Blank means one."),
    )
    who = Choice(
        _l("Who is it?"),
        required=False,
        empty=_l("Somebody on the list sounds like this name. Say who it is."),
    )
    known_as = Line(
        _l("How is this person told from another of the same name?"),
        max=LONGEST_MARK,
        required=False,
        hint=_l("The sector where they live, or their nickname. They will see it too."),
    )

    def newcomer(self) -> Newcomer | None:
        """Return whoever is named, with what was answered of who they are; None for nobody."""
        if not self.name.data:
            return None
        return newcomer(self.name.data, self.known_as.data, self.who.data)

    def offer(self, recognition: Recognition) -> None:
        """Set who may be chosen, those who sound like the name typed; one must be, if any does."""
        self.who.options = who_options(recognition.alike)
        self.who.required = recognition.person is None and bool(recognition.alike)

    def lacks_mark(self, recognition: Recognition) -> bool:
        """Tell whether nothing tells this person from a namesake, and say so."""
        if recognition.lacks_mark:
            self.known_as.errors = [
                _("Write the sector or nickname of whoever has the name of another person.")
            ]
        return recognition.lacks_mark


class SectorForm(Form):
    """In which sector somebody counted without a name is taken back."""

    sector = Choice(_l("Where do they come from?"), Sector)


class NoteForm(Form):
    """What is said, one contribution a line."""

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

    minutes = Text(
        _l("What was agreed?"),
        max=10_000,
        rows=8,
        hint=_l("The report of the meeting. It is published when you close. Name no one."),
    )
