"""Every form that a page of the town shows, read from the page as a browser reads it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urljoin

from tests.files.make import photo

#: What a person would answer, by the words of a question's name; the rest get ``TEXT``.
TEXT = "Una respuesta que se entiende"
ANSWERS = {
    "username": "vecina.nueva", "mail": "alguien@example.org", "email": "alguien@example.org",
    "password": "una clave larga y rara 77", "new": "una clave larga y rara 77",
    "again": "una clave larga y rara 77", "number": "1", "people": "2", "hands": "3",
    "percent": "40", "present": "5", "cost": "900", "goal": "2", "weight": "20", "seats": "1",
    "max_marks": "1", "quorum": "1", "count": "3", "size": "1",
}  # fmt: skip


@dataclass
class Question:
    """One named field: its sort, and the answers it offers."""

    name: str
    sort: str
    offers: list[str] = field(default_factory=list)

    def answer(self) -> object:
        """Return what a person might answer."""
        if self.offers:
            return next((offer for offer in self.offers if offer), "")
        if self.sort in ("date", "datetime-local", "time"):
            return {"date": "2031-03-04", "datetime-local": "2031-03-04T10:00"}.get(
                self.sort, "23:00" if "end" in self.name else "10:00"
            )
        if self.sort == "file":
            return (BytesIO(photo()), "foto.jpg")
        return ANSWERS.get(self.name, TEXT)


@dataclass
class Shown:
    """One form of a page."""

    action: str
    questions: list[Question] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)

    def filled(self) -> dict[str, object]:
        """Return the form as a person would send it."""
        return {**self.hidden, **{asked.name: asked.answer() for asked in self.questions}}


class _Reader(HTMLParser):
    """Collects the forms of a page that are sent by POST."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path, self._form = path, Shown("")
        self._inside = False
        self._select: Question | None = None
        self.found: list[Shown] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") == "post":
            self._form = Shown(urljoin(self._path, given.get("action", "")))
            self._inside = True
            self.found.append(self._form)
        elif self._inside and tag in ("input", "textarea", "select", "button"):
            self._ask(tag, given)
        elif tag == "option" and self._select is not None:
            self._select.offers.append(given.get("value", ""))

    def _ask(self, tag: str, given: dict[str, str]) -> None:
        name, sort = given.get("name", ""), given.get("type", tag)
        if not name:
            return
        if sort == "hidden":
            self._form.hidden[name] = given.get("value", "")
            return
        asked = next((q for q in self._form.questions if q.name == name), None)
        if asked is None:
            asked = Question(name, sort)
            self._form.questions.append(asked)
        if sort in ("radio", "checkbox", "button", "submit"):
            asked.offers.append(given.get("value", ""))
        self._select = asked if tag == "select" else None

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


def read(path: str, page: str) -> list[Shown]:
    """Return the forms of a page, without those that only sign out."""
    reader = _Reader(path)
    reader.feed(page)
    reader.close()
    return [form for form in reader.found if form.action != "/sign-out"]
