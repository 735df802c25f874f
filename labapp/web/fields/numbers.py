"""Fields of whole numbers: counts, and money in whole balboas."""

import re
from typing import Any

from flask_babel import gettext as _
from wtforms.validators import StopValidation

from labapp.web.fields.question import LineBox, Question, Words

_WHOLE = re.compile(r"-?[0-9]{1,18}|-?[0-9]{1,3}([, \u00a0\u202f][0-9]{3}){1,5}")


class Whole(Question):
    """A whole number from ``min`` to ``max``, or None when left blank."""

    data: int | None
    widget = LineBox()

    def __init__(
        self,
        label: Words,
        *,
        min: int = 0,
        max: int = 1_000_000,
        **others: Any,
    ) -> None:
        others.setdefault("render_kw", {"inputmode": "numeric", "params": self.drawn()})
        super().__init__(label, **others)
        self.min, self.max = min, max

    @property
    def given(self) -> int:
        """Return the number of a form that was found valid."""
        if self.data is None:
            raise ValueError(f"{self.name} was left blank")
        return self.data

    def drawn(self) -> dict[str, Any]:
        """Return what the component is told beyond the field."""
        return {"classes": "govuk-input--width-5"}

    def bare(self, raw: str) -> str:
        """Return what was typed without what people write around a number."""
        return raw.strip()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number, with or without marks of thousands."""
        bare = self.bare(str(valuelist[0])) if valuelist else ""
        self.data = None
        if not bare:
            return
        if not _WHOLE.fullmatch(bare):
            raise ValueError(_("Write a whole number in figures, such as 1,200."))
        self.data = int(re.sub(r"[^0-9-]", "", bare))

    def check(self) -> None:
        """Refuse a number out of its limits."""
        if not self.min <= self.given <= self.max:
            raise StopValidation(
                _(
                    "Write a number from %(min)s to %(max)s.",
                    min=f"{self.min:,}",
                    max=f"{self.max:,}",
                )
            )

    def _value(self) -> str:
        if self.data is not None:
            return str(self.data)
        return str(self.raw_data[0]).replace("\0", "") if self.raw_data else ""


class Money(Whole):
    """An amount in whole balboas; "4,800", "B/. 4,800" and "4800.00" say the same."""

    def __init__(
        self,
        label: Words,
        *,
        max: int = 1_000_000_000,
        **others: Any,
    ) -> None:
        super().__init__(label, max=max, **others)

    def drawn(self) -> dict[str, Any]:
        """Return what the component is told beyond the field."""
        return {"classes": "govuk-input--width-10", "prefix": {"text": "B/."}}

    def bare(self, raw: str) -> str:
        """Return what was typed without the sign of the balboa and without no cents."""
        return re.sub(r"^(B/\.?|\$)\s*|\.00$", "", raw.strip(), flags=re.IGNORECASE).strip()
