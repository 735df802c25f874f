"""The field of one file. What the file truly is, the room of files finds out."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms.validators import StopValidation

from labapp.web.fields.question import FileBox, Question, Words


class Upload(Question):
    """One file, or None. ``accept`` goes to the browser; ``max_mb`` is what may be sent."""

    data: FileStorage | None
    widget = FileBox()
    blank = _l("Choose a file.")

    def __init__(self, label: Words, *, accept: str = "", max_mb: int = 10, **others: Any) -> None:
        others.setdefault("render_kw", {"accept": accept} if accept else {})
        super().__init__(label, **others)
        self.max_mb = max_mb

    @property
    def given(self) -> FileStorage:
        """Return the file of a form that was found valid."""
        if self.data is None:
            raise ValueError(f"{self.name} was left blank")
        return self.data

    def process_data(self, value: object) -> None:
        """Hold nothing: a file comes only from a form."""
        self.data = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the file sent; text in its place is nothing."""
        sent = [v for v in valuelist if isinstance(v, FileStorage) and v.filename]
        self.data = sent[0] if sent else None

    def check(self) -> None:
        """Refuse an empty file and one too large."""
        stream = self.given.stream
        size = stream.seek(0, 2)
        stream.seek(0)
        if size == 0:
            raise StopValidation(_("That file is empty. Choose another."))
        if size > self.max_mb * 1024 * 1024:
            raise StopValidation(_("That file is too large: up to %(max)s MB.", max=self.max_mb))

    def _value(self) -> str:
        return ""
