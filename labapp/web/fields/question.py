"""What all fields share: required or not, one sentence at a time, drawn by govuk-frontend."""

from typing import Any, TypeAlias

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovFileInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from labapp.web.readers import Reader

#: Text known now, or translated when the page is drawn.
Words: TypeAlias = str | LazyString


class Question(Field):
    """A field that knows whether it must be answered and what to say when it is not.

    Args (keywords): ``required`` (True unless said), ``hint`` (one short sentence under the
    question), ``empty`` (the sentence shown when it is left blank), ``reader`` (who reads the
    answer, where it is not who reads the rest of the form). Whatever else WTForms takes
    may be given too. An optional field left blank skips every other check.
    """

    #: What is said when a required answer is missing and the form gave no sentence of its own.
    blank: Words = _l("Write here: this cannot be empty.")

    def __init__(
        self,
        label: Words,
        *,
        required: bool = True,
        hint: Words = "",
        empty: Words | None = None,
        reader: Reader | None = None,
        **others: Any,
    ) -> None:
        super().__init__(label, description=hint, **others)
        self.required = required
        self.empty = empty
        self.reader = reader

    def pre_validate(self, form: BaseForm) -> None:
        """Stop at the first thing wrong, so that the neighbour reads one sentence."""
        if self.process_errors:
            raise StopValidation
        if self.is_blank():
            raise StopValidation(str(self.empty or self.blank) if self.required else "")
        self.check()

    def is_blank(self) -> bool:
        """Tell whether nothing was answered."""
        return self.data in (None, "")

    def check(self) -> None:
        """Raise StopValidation with a sentence if the answer will not do."""

    def title(self) -> str:
        """Return the question as shown, saying so when it need not be answered."""
        text = str(self.label.text)
        return text if self.required else str(_("%(question)s (optional)", question=text))

    def said_below(self) -> str:
        """Return what stands under the question: its hint, and who reads the answer."""
        said = (str(self.description), self.reader.sentence() if self.reader else "")
        return " ".join(filter(None, said))


class _Shown:
    """Draw the library's widget in the reader's language."""

    def map_gov_params(self, field: Question, **extra: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **extra)  # type: ignore[misc]  # mixed in
        below = field.said_below()
        params["hint"] = {"text": below} if below else None
        if field.errors:
            params["errorMessage"]["visuallyHiddenText"] = _("Error")
        if "fieldset" in params:
            params["fieldset"]["legend"]["text"] = field.title()
        elif "label" in params:
            params["label"]["text"] = field.title()
        return params


class LineBox(_Shown, GovTextInput):
    """One line of text, of any HTML input type."""


class TextBox(_Shown, GovTextArea):
    """Several lines of text."""


class FileBox(_Shown, GovFileInput):
    """One file."""


class Radios(_Shown, GovRadioInput):
    """One of a few."""


class Selection(_Shown, GovSelect):
    """One of many."""


class Boxes(_Shown, GovCheckboxesInput):
    """Any of several."""


class Box(_Shown, GovCheckboxInput):
    """Yes, or nothing."""
