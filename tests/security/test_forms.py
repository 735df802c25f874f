"""No form breaks, whatever is sent; what was typed comes back; sent twice it is taken once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from io import BytesIO
from weakref import WeakKeyDictionary

import pytest
from sqlalchemy import select, text, update

from labapp.db import Base, db
from labapp.domain.policy import Actor, Role, may
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from tests.amounts import amount
from tests.security.addresses import Address, Map
from tests.security.conftest import Restore
from tests.security.forms import TEXT, Shown, read
from tests.security.town import OTHER, OWN, STRANGER, VISITOR, WAITING, Town, Walker

pytestmark = pytest.mark.heavy

#: Who fills forms in, the least first: what a visitor may fill in is tried as a visitor.
FILLERS = (
    VISITOR, STRANGER, Role.MEMBER, Role.FACILITATOR, Role.ADMINISTRATOR, Role.REVIEWER,
    Role.TRUSTED, "vecina1", "vecina2", "ingeniera", "acueducto", "comite1", "comite2",
    "facilitadora-smi",
)  # fmt: skip
#: A lab's forms are tried where each may first be sent.
STAGES = (None, Stage.IDEATION, Stage.PREPARATION, Stage.SUSPENDED)
FORMS_SEEN = 95
#: Where a lab that nobody approved yet is approved.
APPROVAL = "labs.approval"
#: Taken, shown again, refused, gone: anything but a fault.
CALM = {200, 302, 400, 403, 404, 409, 410, 413, 422}
TAKEN = {200, 302}
#: Where each is shown other forms, and one look by whoever comes first is not enough.
EACH_SEES = {"audits.committee", "problems.share"}
#: Where a page leads to begin something from what it shows.
BEGINNING = re.compile(r'href="(/labs/[^"]*/new\?[^"]*)"')
#: Answers nobody should send: empty, too long, of another sort, hidden, not what they say.
ODD: dict[str, object] = {
    "empty": "",
    "long": "largo " * 20_000,
    "foreign": "987654",
    "huge": "9" * 30,
    "backwards": "1999-12-31",
    "nul": "a\0b\x1b",
    "markup": "\"'><script>alert(1)</script>{{7*7}}'; DROP TABLE lab; --",
    "emoji": "😀\u202eñ\u0301\U000e0001",
    "lone": b"\xff\xfe".decode("latin1"),
}
#: How many questions of a form meet every odd answer.
MET_BY_ALL = amount(ordinary=1, whole=3)
#: Files that are not what they say.
FILES: dict[str, tuple[bytes, str]] = {
    "text": (b"<script>alert(1)</script>", "foto.jpg"),
    "empty": (b"", "foto.jpg"),
    "half": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "foto.jpg"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg"),
    "path": (b"%PDF-1.4\n", "../../../etc/<b>passwd\u202e.pdf"),
}


@dataclass(frozen=True)
class Case:
    """One form, who is shown it, and the stage at which they are."""

    form: Shown
    endpoint: str
    who: str
    stage: Stage | None


#: The forms of each town, once they were looked for.
FOUND: WeakKeyDictionary[Town, list[Case]] = WeakKeyDictionary()


def stand(stage: Stage | None) -> None:
    """Put both labs at a stage, behind the application's back."""
    if stage is not None:
        db.session.execute(
            update(Lab).where(Lab.slug.in_((OWN, OTHER))).values(stage=stage, left_from="ideation")
        )
        db.session.commit()


def form_cases(town: Town, restore: Restore) -> list[Case]:
    """Return each form once, by where it is sent and what it asks: one that is taken, if any is."""
    best: dict[tuple[str, frozenset[str]], tuple[bool, Case]] = {}
    for stage in STAGES:
        restore()
        stand(stage)
        for case in list(_shown(town, stage)):
            key = case.endpoint, frozenset(asked.name for asked in case.form.questions)
            if best.get(key, (False, case))[0]:
                continue
            taken = _send(town.client(case.who), case) in TAKEN
            if taken or key not in best:
                best[key] = taken, case
            if taken:
                restore()
                stand(stage)
    return [case for _taken, case in best.values()]


def _shown(town: Town, stage: Stage | None) -> Iterator[Case]:
    """Give every form that the pages show at a stage, each to the first who is shown it."""
    views = town.app.url_map.bind("localhost")
    addresses = Map(town).few("GET", labs=(OWN, OTHER))
    addresses += [a for a in Map(town).few("GET", labs=(WAITING,)) if a.endpoint == APPROVAL]
    addresses += [a for a in Map(town).all("GET", labs=(OWN,)) if a.endpoint == "audits.work"]
    asked = [a for a in addresses if _has_form(town, a)]
    may_enter = _doors(town)
    done: set[str] = set()
    for who in FILLERS:
        client = town.client(who)
        for address in asked:
            if address.path in done or not may_enter(who, address):
                continue
            page = client.get(address.path)
            if page.status_code != 200 or page.mimetype != "text/html":
                continue
            forms = read(address.path, page.text)
            links = set(BEGINNING.findall(page.text)) - done
            while links:
                link = links.pop()
                done.add(link)
                begun = client.get(unescape(link)).text
                forms += read(unescape(link), begun)
                links |= set(BEGINNING.findall(begun)) - done
            for form in forms:
                if address.endpoint not in EACH_SEES:
                    done.add(address.path)
                endpoint = views.match(form.action.partition("?")[0], method="POST")[0]
                yield Case(form, str(endpoint), who, stage)


def _has_form(town: Town, address: Address) -> bool:
    """Tell whether a page is likely to hold a form: it takes one, or is worked from."""
    takes = any(
        "POST" in (rule.methods or ()) for rule in town.app.url_map.iter_rules(address.endpoint)
    )
    return takes or address.endpoint in WORKED_FROM


WORKED_FROM = {
    "tracking.show", "sessions.run", "followup.links", "voting.ballot", "people.person",
    "polling.card_paper", "polling.cards_page", "polling.kiosk", "polling.roll_page",
    "results.show", "labs.people", "proposals.show", "audits.committee", "audits.finding",
    "received.show", "stages.show", "labs.approval", "audits.work", "audits.committees",
    "audits.visit", "audits.works", "followup.agreement", "followup.milestone", "plans.target",
}  # fmt: skip


def test_the_pages_named_here_exist(town: Town) -> None:
    there = {rule.endpoint for rule in town.app.url_map.iter_rules()}

    assert (WORKED_FROM | EACH_SEES | {APPROVAL}) - there == set()


def _doors(town: Town) -> Callable[[str, Address], bool]:
    """Return what tells who may enter where, while nobody's part changes."""

    @cache
    def seen(who: str, slug: str | None) -> tuple[Actor, Stage | None]:
        lab = db.session.scalars(select(Lab).where(Lab.slug == slug)).one() if slug else None
        return town.actor(who, lab), lab.stage if lab else None

    def may_enter(who: str, address: Address) -> bool:
        if address.act is None:
            return who == VISITOR
        actor, stage = seen(who, address.lab or None)
        return bool(may(actor, address.act, stage))

    return may_enter


@pytest.fixture
def cases(town: Town, restore: Restore) -> list[Case]:
    """Return the forms of the town, found once a run."""
    if town not in FOUND:
        FOUND[town] = form_cases(town, restore)
    restore()
    assert len(FOUND[town]) >= FORMS_SEEN
    return FOUND[town]


def test_no_form_breaks_and_what_was_typed_comes_back(
    town: Town, restore: Restore, cases: list[Case]
) -> None:
    broken: dict[str, object] = {}
    lost: dict[str, object] = {}
    stage: Stage | None = Stage.CLOSED
    dirty = True
    for case in cases:
        client = town.client(case.who)
        for name, odd in _oddities(case.form):
            if dirty or case.stage is not stage:
                restore()
                stand(case.stage)
                stage = case.stage
            where = f"{case.form.action} {name}"
            answer = client.post(case.form.action, data={**_fresh(case), **odd})
            dirty = answer.status_code in TAKEN
            if answer.status_code not in CALM:
                broken[where] = answer.status_code
            elif answer.status_code == 422 and _lost(case, name, answer.text):
                lost[where] = _lost(case, name, answer.text)

    assert broken == {}
    assert lost == {}


def test_a_form_sent_twice_is_taken_once(town: Town, restore: Restore, cases: list[Case]) -> None:
    twice: dict[str, object] = {}
    taken = set()
    for case in cases:
        restore()
        stand(case.stage)
        client = town.client(case.who)
        first = _send(client, case)
        if first not in TAKEN:
            continue
        taken.add(case.endpoint)
        before = rows()
        again = _send(client, case)
        after = rows()
        grown = {table for table, count in after.items() if count != before[table]}
        if grown or again >= 500:
            twice[case.form.action] = (again, grown)

    assert len(taken) > FORMS_SEEN * 0.8, "most forms must be taken, or nothing was tried"
    assert twice == {}


def _send(client: Walker, case: Case) -> int:
    return client.post(case.form.action, data=case.form.filled()).status_code


def _fresh(case: Case) -> dict[str, object]:
    """Return the form filled in, as if shown anew: its mark was not used yet."""
    return {**case.form.filled(), "once": ""}


def _oddities(form: Shown) -> Iterator[tuple[str, dict[str, object]]]:
    """Give every odd answer: all questions blank, then each question with each odd one."""
    yield "blank", {question.name: "" for question in form.questions}
    for number, question in enumerate(form.questions):
        if question.sort == "file":
            for what, (data, filename) in FILES.items():
                yield f"{question.name} {what}", {question.name: (BytesIO(data), filename)}
            continue
        for turn, (what, odd) in enumerate(ODD.items()):
            # A long run tries every odd answer on the first questions; all others meet a third.
            if number < MET_BY_ALL or (turn + number) % 3 == 0:
                yield f"{question.name} {what}", {question.name: odd}


def _lost(case: Case, odd: str, page: str) -> list[str]:
    """Return the questions whose typed answer is not in the page that came back."""
    if odd == "blank":
        return []
    back = unescape(page)
    return [
        question.name
        for question in case.form.questions
        if question.sort in ("text", "textarea")
        and question.name != odd.split(maxsplit=1)[0]
        and question.answer() == TEXT
        and TEXT not in back
    ]


def rows() -> dict[str, int]:
    """Return how many rows each table has."""
    db.session.rollback()
    return {
        table.name: db.session.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one()  # noqa: S608
        for table in Base.metadata.sorted_tables
    }
