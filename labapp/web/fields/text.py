"""Fields of text: one line, several, a mail address, a secret."""

import re
import unicodedata
from typing import Any

from flask_babel import gettext as _
from wtforms.validators import StopValidation

from labapp.web.fields.question import LineBox, Question, TextBox, Words

# Marks that reverse the direction of what follows: a name written with them reads as another.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def _is_hidden(char: str) -> bool:
    return char in _TURNING or (
        char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn")
    )


def visible(raw: str) -> str:
    """Return text without the characters nobody can see, in one normal form."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(c for c in lines if not _is_hidden(c)))


class Text(Question):
    """Several lines of text. ``max`` counts characters; ``data`` is "" when left blank."""

    data: str
    widget = TextBox()

    def __init__(
        self,
        label: Words,
        *,
        max: int = 5000,
        rows: int = 5,
        **others: Any,
    ) -> None:
        others.setdefault("default", "")
        others.setdefault("render_kw", {"params": {"rows": rows}})
        super().__init__(label, **others)
        self.max = max

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what can be seen of what was sent; refuse the rest with a sentence."""
        raw = str(valuelist[0]) if valuelist else ""
        self.data = self.tidy(visible(raw))
        if any(_is_hidden(c) for c in raw.replace("\r", "\n")):
            raise ValueError(_("There were hidden characters here. Look at it and send it again."))

    def tidy(self, text: str) -> str:
        """Return the text without the blanks around it."""
        return text.strip()

    def check(self) -> None:
        """Refuse what does not fit."""
        if len(self.data) > self.max:
            raise StopValidation(
                _(
                    "This is too long: %(max)s characters fit and there are %(count)s.",
                    max=self.max,
                    count=len(self.data),
                )
            )

    def _value(self) -> str:
        return self.data or ""


class Line(Text):
    """One line of text. ``type`` and ``autocomplete`` are the browser's own."""

    widget = LineBox()

    def __init__(
        self,
        label: Words,
        *,
        max: int = 140,
        type: str = "text",
        autocomplete: str = "",
        **others: Any,
    ) -> None:
        shown = {"type": type} | ({"autocomplete": autocomplete} if autocomplete else {})
        others.setdefault("render_kw", shown)
        super().__init__(label, max=max, **others)

    def tidy(self, text: str) -> str:
        """Return the text on one line, with single blanks."""
        return " ".join(text.split())


class Mail(Line):
    """A mail address, in small letters."""

    def __init__(self, label: Words, **others: Any) -> None:
        super().__init__(label, max=254, type="email", autocomplete="email", **others)

    def tidy(self, text: str) -> str:
        """Return the address as it is compared."""
        return text.strip().lower()

    def check(self) -> None:
        """Refuse what cannot be an address."""
        super().check()
        if not _MAIL.fullmatch(self.data):
            raise StopValidation(_("Write a mail address, such as name@example.com."))


class Secret(Line):
    """A password or a code: kept exactly as typed, never shown again."""

    def __init__(
        self, label: Words, *, autocomplete: str = "current-password", **others: Any
    ) -> None:
        super().__init__(label, max=200, type="password", autocomplete=autocomplete, **others)

    def tidy(self, text: str) -> str:
        """Return the secret with its blanks."""
        return text

    def _value(self) -> str:
        return ""
