"""Fields of time: a day, an hour, and a moment by the clock of Panama."""

import re
from datetime import date, datetime, time
from typing import Any, Generic, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import ValidationError
from wtforms.form import BaseForm

from labapp.db import utcnow
from labapp.domain.panama_time import instant, local, local_day
from labapp.domain.possible_days import SENTENCE, is_possible, limits
from labapp.web.fields.question import LineBox, Question, Words

_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
_MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")
_HOUR = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?")

T = TypeVar("T", date, datetime, time)


def _read(typed: str, patterns: tuple[str, ...]) -> datetime | None:
    """Read a wall clock, or None; say so where it is of a day that cannot be."""
    for pattern in patterns:
        try:
            wall = datetime.strptime(typed, pattern)  # noqa: DTZ007  (a wall clock, made aware by panama_time)
        except ValueError:
            continue
        if is_possible(wall.date(), local_day(utcnow())):
            return wall
        raise ValueError(_(SENTENCE, **limits()))
    return None


class _When(Question, Generic[T]):
    """What the three share: the browser's own picker, or typed by hand."""

    data: T | None
    widget = LineBox()
    #: The browser's input type, and how it writes an answer.
    picker = "date"
    written = "%Y-%m-%d"
    blank = _l("Choose the date.")

    def __init__(self, label: Words, **others: Any) -> None:
        drawn = {"params": {"classes": "govuk-input--width-10 app-when"}}
        others.setdefault("render_kw", drawn)
        super().__init__(label, **others)

    def __call__(self, **extra: object) -> Markup:
        """Draw it; what no picker can hold is shown as it was typed."""
        kept = self.data is not None or not self._value()
        return super().__call__(type=self.picker if kept else "text", **extra)

    def _typed(self) -> str:
        return str(self.raw_data[0]).strip().replace("\0", "") if self.raw_data else ""

    def _value(self) -> str:
        return self._typed() if self.data is None else self.picked()

    @property
    def given(self) -> T:
        """Return the answer of a form that was found valid."""
        if self.data is None:
            raise ValueError(f"{self.name} was left blank")
        return self.data

    def picked(self) -> str:
        """Return the answer as the browser's picker writes it."""
        return self.given.strftime(self.written)


class Day(_When[date]):
    """A day, or None when left blank. Read as a picker sends it or as dd/mm/yyyy.

    Args (keywords): ``ahead`` (True unless said), whether a day to come will do.
    """

    def __init__(self, label: Words, *, ahead: bool = True, **others: Any) -> None:
        super().__init__(label, **others)
        self._ahead = ahead

    def post_validate(self, form: BaseForm, validation_stopped: bool) -> None:
        """Refuse a day to come where none will do, if nothing else is wrong with it."""
        if self._ahead or self.data is None or self.errors:
            return
        if self.data > local_day(utcnow()):
            raise ValidationError(_("That day has not come yet."))

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day."""
        self.data = None
        if not self._typed():
            return
        read = _read(self._typed(), _DAYS)
        if read is None:
            raise ValueError(_("Write the date as day/month/year, such as 14/08/2026."))
        self.data = read.date()


class Moment(_When[datetime]):
    """An instant: typed by the clock of Panama, kept as aware UTC; None when left blank."""

    picker = "datetime-local"
    written = "%Y-%m-%dT%H:%M"
    blank = _l("Choose the date and the time.")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the moment."""
        self.data = None
        if not self._typed():
            return
        read = _read(self._typed(), _MOMENTS)
        if read is None:
            raise ValueError(_("Write the date and the time, such as 14/08/2026 17:30."))
        self.data = instant(read)

    def picked(self) -> str:
        """Return the moment as the browser's picker writes it."""
        return local(self.given).strftime(self.written)


class Hour(_When[time]):
    """An hour by the clock of Panama, or None when left blank. Read as a picker sends it."""

    picker = "time"
    written = "%H:%M"
    blank = _l("Choose the hour.")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the hour."""
        self.data = None
        if not self._typed():
            return
        read = _HOUR.fullmatch(self._typed())
        if read is None:
            raise ValueError(_("Write the hour with its minutes, such as 17:30."))
        self.data = time(int(read[1]), int(read[2]))
