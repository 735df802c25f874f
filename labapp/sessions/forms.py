"""The forms of a meeting: announced or cancelled, who comes, what is said, its minutes."""

import re
from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.widgets import HiddenInput

from labapp.domain.errors import Refusal
from labapp.labs.forms.people import LONGEST_MARK, LONGEST_NAME, newcomer, who_options
from labapp.labs.queries.recognition import Newcomer, Recognition
from labapp.sessions.models import Modality, Sector
from labapp.web.fields import Choice, Day, Hour, Line, Text, Whole, Yes
from labapp.web.form import Form
from labapp.web.readers import Reader

#: What a contribution may measure, and how many are noted at once.
LONGEST, MOST = 500, 50
#: The fewest parts of what is divided.
PARTS = 2
_NUMBER = re.compile(r"[0-9]{1,9}")
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
    held = Yes(
        _l("It was held already"),
        hint=_l("For a meeting of a day gone by: it is noted as held, and its page says when."),
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

    reader = Reader.DESK
    sector = Choice(_l("Where do they come from?"), Sector)
    name = Line(
        _l("Name"),
        max=LONGEST_NAME,
        required=False,
        hint=_l(
            "Only if they wish. A part of the name will do for whoever is on the list of people."
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

    reader = Reader.EVERYBODY
    said = Text(
        _l("What do people say?"),
        max=20_000,
        rows=6,
        hint=_l("One contribution a line. Each gets its number and is owed an answer."),
    )

    def lines(self) -> list[str]:
        """Return the contributions, one a line, without the marks of a list."""
        return _lines(self.said)

    def validate_said(self, field: Text) -> None:
        """Refuse a line that is no longer a line, too many at once, and marks without words."""
        _require_lines(field)


class RewritingForm(Form):
    """Something written on the text that stood when the page was opened."""

    reader = Reader.EVERYBODY
    version = Whole("", widget=HiddenInput(), render_kw={}, required=False)

    def blame(self, refusal: Refusal, field: str) -> None:
        """Say a refusal; where another text stands by now, it is shown and one goes on from it."""
        super().blame(refusal, field)
        if (version := refusal.values.get("version")) is not None:
            self.version.data = int(version)


class CorrectionForm(RewritingForm):
    """What was said, in better words, and why."""

    text = Text(_l("What was said?"), max=LONGEST, rows=3)
    why = Line(
        _l("Why is it corrected?"),
        max=200,
        hint=_l("For example: it was typed wrong. Everybody reads this, and what it said before."),
    )


class DivisionForm(RewritingForm):
    """The parts of a contribution, one a line."""

    parts = Text(
        _l("What are the parts?"),
        max=20_000,
        rows=6,
        hint=_l("One a line. The first keeps the number; the others get new ones."),
    )

    def lines(self) -> list[str]:
        """Return the parts, one a line, without the marks of a list."""
        return _lines(self.parts)

    def validate_parts(self, field: Text) -> None:
        """Refuse too, beyond what cannot be noted, a single part."""
        _require_lines(field)
        if len(self.lines()) < PARTS:
            raise ValidationError(_("Write two parts at least, each in a line of its own."))


class JoiningForm(Form):
    """Which contributions say the same as the one that stays, and why."""

    reader = Reader.EVERYBODY
    numbers = Line(
        _l("Which say the same as this one?"),
        max=200,
        hint=_l("Their numbers, such as 3, 7. They may be of other meetings of this lab."),
    )
    why = Line(
        _l("Why are they joined?"),
        max=200,
        hint=_l("For example: they ask for the same. Everybody reads it."),
    )

    def listed(self) -> list[int]:
        """Return the numbers written, each once."""
        return [*dict.fromkeys(int(number) for number in _NUMBER.findall(self.numbers.data))]

    def validate_numbers(self, _field: Line) -> None:
        """Refuse what holds no number."""
        if not self.listed():
            raise ValidationError(_("Write their numbers, such as 3, 7."))

    def refuse_unknown(self, numbers: Collection[int]) -> None:
        """Say which of the numbers no contribution of the lab has."""
        unknown = ", ".join(str(number) for number in self.listed() if number not in numbers)
        self.numbers.errors = [_("No contribution has this number: %(numbers)s.", numbers=unknown)]


class WithdrawalForm(Form):
    """That whoever said it asked for it."""

    asked = Yes(_l("Whoever said it asked me to take it away"), required=True)


class MinutesForm(Form):
    """How the meeting went."""

    reader = Reader.EVERYBODY
    minutes = Text(
        _l("What was agreed?"),
        max=10_000,
        rows=8,
        hint=_l("The report of the meeting. Name no one."),
    )


def _lines(field: Text) -> list[str]:
    bare = (_BULLET.sub("", line).strip() for line in field.data.splitlines())
    return [line for line in bare if line]


def _require_lines(field: Text) -> None:
    lines = _lines(field)
    if not lines:
        raise ValidationError(str(field.blank))
    if len(lines) > MOST:
        raise ValidationError(_("Note at most %(max)s at once.", max=MOST))
    if any(len(line) > LONGEST for line in lines):
        raise ValidationError(_("Each line may have %(max)s characters.", max=LONGEST))
