"""Every form that a page of the town shows, read from the page as a browser reads it."""

from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urldefrag, urljoin

from labapp.db import utcnow
from tests.files.make import photo

#: What a person would answer, by the words of a question's name; the rest get ``TEXT``.
TEXT = "Una respuesta que se entiende"
ANSWERS = {
    "username": "vecina2", "commitment": "PA0101",
    "mail": "alguien@example.org", "email": "alguien@example.org",
    "password": "una clave larga y rara 77", "new": "una clave larga y rara 77",
    "again": "una clave larga y rara 77", "number": "1", "people": "2", "hands": "3",
    "percent": "40", "present": "5", "period_starts_on": "2026-01-01",
    "cost": "900", "goal": "2", "weight": "20", "seats": "1", "funder": "", "budget": "",
    "scale": "5", "max_marks": "1", "quorum": "1", "count": "3", "size": "1",
    "sheets": "2", "papers": "4", "first": "1", "votes_1": "1", "votes_2": "0", "sheet-1": "blanco",
    "second_witness": "El director de la escuela", "reissued": "0", "returned": "0", "voided": "0",
}  # fmt: skip
#: What one form wants otherwise, by how its address ends.
APART = {
    ("/sign-up", "username"): "vecina.nueva",
    ("/seat", "username"): "",
    ("/hand-over", "username"): "facilitadora-smi",
    ("/ballot", "blank"): "",
    ("/sessions/new", "held"): "",
}
#: The first is when something begins or is due; the second, when it was done or ends.
_TODAY, _SOON = utcnow(), utcnow() + timedelta(days=9)
WHEN = {
    "date": (f"{_SOON:%Y-%m-%d}", f"{_TODAY - timedelta(days=1):%Y-%m-%d}"),
    "datetime-local": (f"{_SOON:%Y-%m-%d}T10:00", f"{_SOON:%Y-%m-%d}T12:00"),
    "time": ("10:00", "12:00"),
}
ENDS = frozenset(
    {
        "accepted_on", "agreed_on", "answered_on", "presented_on", "period_ends_on", "replied_on",
        "certified_on", "visited_on", "looked_on", "ends_at", "closes_at", "ends", "until", "on",
        "reported_on", "held_on",
    }
)  # fmt: skip


@dataclass
class Question:
    """One named field: its sort, and the answers it offers."""

    name: str
    sort: str
    offers: list[str] = field(default_factory=list)
    #: What stands above it: its words and its hint.
    said: str = ""

    def answer(self) -> object:
        """Return what a person might answer."""
        if self.offers:
            return next((offer for offer in self.offers if offer), "")
        if self.name in ANSWERS:
            return ANSWERS[self.name]
        if self.sort in WHEN:
            return WHEN[self.sort][self.name in ENDS]
        if self.sort == "file":
            return (BytesIO(photo()), "foto.jpg")
        return TEXT


@dataclass
class Shown:
    """One form of a page."""

    action: str
    questions: list[Question] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    #: What stands after its last question: who reads it all, and the button.
    said: str = ""

    def filled(self) -> dict[str, object]:
        """Return the form as a person would send it."""
        given = {**self.hidden, **{asked.name: asked.answer() for asked in self.questions}}
        place = self.action.partition("?")[0]
        apart = {name: said for (end, name), said in APART.items() if place.endswith(end)}
        return {name: apart.get(name, said) for name, said in given.items()}


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
            self._form = Shown(urldefrag(urljoin(self._path, given.get("action", ""))).url)
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
            asked = Question(name, sort, said=self._form.said)
            self._form.questions.append(asked)
            self._form.said = ""
        if sort in ("radio", "checkbox", "button", "submit"):
            asked.offers.append(given.get("value", ""))
        self._select = asked if tag == "select" else None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._form.said = f"{self._form.said} {' '.join(data.split())}".strip()

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


def read(path: str, page: str) -> list[Shown]:
    """Return the forms of a page, without those that only sign out."""
    reader = _Reader(path)
    reader.feed(page)
    reader.close()
    return [form for form in reader.found if form.action != "/sign-out"]
