"""The form all rooms build on: it may be sent twice, makes one thing, and is asked again."""

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from flask import g, render_template
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field
from wtforms.widgets import HiddenInput

from labapp.db import db
from labapp.domain.errors import Conflict, Refusal
from labapp.web.fields import Upload
from labapp.web.readers import Reader

#: What will not do is answered with the same page, and with this.
UNPROCESSABLE = 422
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")


def new_once() -> str:
    """Return a random mark for a form about to be shown."""
    return secrets.token_urlsafe(16)


class Once(Field):
    """The mark made when a form is shown and sent back with it; a malformed one is replaced."""

    data: str
    widget = HiddenInput()

    def process_data(self, value: object) -> None:
        """Make a mark for a form about to be shown."""
        self.data = new_once()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep the mark sent, so that the same form sent again is known."""
        sent = str(valuelist[0]) if valuelist else ""
        self.data = sent if _TOKEN.fullmatch(sent) else new_once()

    def _value(self) -> str:
        return self.data


class Form(FlaskForm):
    """Base of every form. ``once.data`` makes of a form sent twice one thing.

    Where a person writes words or sends a file, ``reader`` says who reads them; a view that knows
    more sets it on its form. A field that others read says so itself (``reader=``).
    """

    #: Who reads what is written here; said once, above the button.
    reader: Reader | None = None
    #: Of fields that only look for something: why nothing typed there is kept.
    searches: ClassVar[Mapping[str, str]] = {}

    once = Once("")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make the form, and remember it for the page of a refusal, which names its questions."""
        super().__init__(*args, **kwargs)
        g.setdefault("forms", []).append(self)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check every answer; when one will not do, ask again for the file no browser keeps."""
        valid = bool(super().validate(extra_validators))
        for field in self:
            if not valid and isinstance(field, Upload) and field.data and not field.errors:
                field.errors = [_("Choose the file again: the browser did not keep it.")]
        return valid

    def hidden_tag(self) -> Markup:
        """Write what travels unseen, without ids: two forms may stand on one page."""
        hidden = (field for field in self if isinstance(field.widget, HiddenInput))
        return Markup("").join(field(id=False) for field in hidden)

    @property
    def has_file(self) -> bool:
        """Tell whether the form must be sent in parts, for a file."""
        return any(isinstance(field, Upload) for field in self)

    def blame(self, refusal: Refusal, field: str) -> None:
        """Say a refusal beside the question it names (``field=`` among its values), or this one."""
        sentence = _(refusal.sentence, **refusal.values)
        self[refusal.values.get("field", field)].errors = [sentence]

    @contextmanager
    def refusals_beside(self, field: str, kind: type[Refusal] = Conflict) -> Iterator[None]:
        """Undo what was begun within, should it be refused, and say why beside a question.

        Args:
            field: the question, where the refusal names none.
            kind: what is said here; any other refusal has a page of its own.
        """
        try:
            yield
        except kind as refusal:
            db.session.rollback()
            self.blame(refusal, field)

    def questions(self) -> list[Field]:
        """Return the fields that a person sees, in the order written."""
        return [field for field in self if not isinstance(field.widget, HiddenInput)]


def form_page(
    template: str, form: Form, *, searching: bool = False, **context: object
) -> tuple[str, int]:
    """Return the page of a form: as it is first asked for, or again with what must be mended.

    Args:
        template: the page.
        form: what it asks, and what is wrong with what was sent.
        searching: what was sent only looks for one of the answers: nothing is refused.
        context: what else the page says.
    """
    page = render_template(template, form=form, **context)
    return ask_again(page) if form.is_submitted() and not searching else (page, 200)


def ask_again(page: str) -> tuple[str, int]:
    """Answer what will not do with a page that says why and asks again."""
    return page, UNPROCESSABLE
