"""Fields of choice: one, several, or a single box to mark."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms.validators import StopValidation

from labapp.web.fields.question import Box, Boxes, Question, Radios, Selection, Words

#: Above this many, radios no longer fit one screen of a phone.
_RADIOS = 7

Options = type[StrEnum] | Mapping[str, Words] | Sequence[tuple[str, Words]]


@dataclass(frozen=True)
class _Caption:
    text: str


@dataclass(frozen=True)
class _Item:
    """One option as the widgets read it."""

    data: str
    label: _Caption
    checked: bool

    def _value(self) -> str:
        return self.data


def _pairs(options: Options) -> list[tuple[str, Words]]:
    """Return value and words; a StrEnum says its words in ``label`` (marked English)."""
    if isinstance(options, type):
        return [(o.value, str(_(str(getattr(o, "label", o.value))))) for o in options]
    return list(options.items() if isinstance(options, Mapping) else options)


class _OptionField(Question):
    """What one choice and several share. Set ``options`` on the form for lists known later."""

    blank = _l("Choose one.")

    def __init__(self, label: Words, options: Options = (), **others: Any) -> None:
        super().__init__(label, **others)
        self.options = options

    def known(self) -> dict[str, str]:
        """Return the words of each value."""
        return {str(value): str(words) for value, words in _pairs(self.options)}

    def items(self, marked: Container[str]) -> Iterator[_Item]:
        """Return the options as the widgets read them."""
        for value, words in self.known().items():
            yield _Item(value, _Caption(words), value in marked)

    def refuse_unknown(self, values: Iterable[str]) -> None:
        """Refuse an option that is not on the list."""
        if not set(values) <= set(self.known()):
            raise StopValidation(_("That is not on the list. Choose again."))


class Choice(_OptionField):
    """One of a list: radios up to seven, a select box above. ``data`` is "" when none."""

    data: str
    widget = Radios()

    def __call__(self, **extra: object) -> Markup:
        """Draw radios or a select box, whichever fits."""
        self.widget = Radios() if len(self.known()) <= _RADIOS else Selection()
        return super().__call__(**extra)

    def __iter__(self) -> Iterator[_Item]:
        return self.items((self.data,))

    def iter_choices(self) -> Iterator[tuple[str, str, bool, dict[str, Any]]]:
        """Return the options as a select box takes them, a blank one first."""
        yield "", _("Choose one"), not self.data, {}
        for item in self:
            yield item.data, item.label.text, item.checked, {}

    def process_data(self, value: object) -> None:
        """Take what the form is opened with."""
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the option sent."""
        self.data = str(valuelist[0]) if valuelist else ""

    def check(self) -> None:
        """Refuse what is not on the list."""
        self.refuse_unknown([self.data])


class Choices(_OptionField):
    """Any of a list, at most ``max`` of them. ``data`` holds no option twice."""

    data: list[str]
    widget = Boxes()
    blank = _l("Choose at least one.")

    def __init__(
        self,
        label: Words,
        options: Options = (),
        *,
        max: int | None = None,
        **others: Any,
    ) -> None:
        super().__init__(label, options, **others)
        self.max = max

    def is_blank(self) -> bool:
        """Tell whether nothing is marked."""
        return not self.data

    def __iter__(self) -> Iterator[_Item]:
        return self.items(self.data)

    def process_data(self, value: Iterable[str] | None) -> None:
        """Take what the form is opened with."""
        self.data = [str(v) for v in value or ()]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the options sent, each once."""
        self.data = list(dict.fromkeys(str(v) for v in valuelist))

    def check(self) -> None:
        """Refuse what is not on the list, and more marks than allowed."""
        self.refuse_unknown(self.data)
        if self.max is not None and len(self.data) > self.max:
            raise StopValidation(
                _(
                    "Choose at most %(max)s; you marked %(count)s.",
                    max=self.max,
                    count=len(self.data),
                )
            )


class Yes(Question):
    """A box to mark. Not required unless said: then it must be marked to go on."""

    data: bool
    widget = Box()
    blank = _l("Mark this box to go on.")

    def __init__(self, label: Words, *, required: bool = False, **others: Any) -> None:
        super().__init__(label, required=required, **others)

    def is_blank(self) -> bool:
        """Tell whether nothing is marked."""
        return not self.data

    def process_data(self, value: object) -> None:
        """Take what the form is opened with."""
        self.data = bool(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """A marked box sends something; an empty one sends nothing."""
        self.data = bool(valuelist) and valuelist[0] not in ("", "0", "false", "no")

    def _value(self) -> str:
        return "yes"
