"""No address breaks, writes when it is only read, or takes a form that came from elsewhere."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urljoin

import pytest
from flask import Flask

from labapp.domain.policy import Role
from labapp.domain.roles import GLOBAL, IN_LAB
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from tests.client import Client
from tests.house.addresses import paths
from tests.house.tree import ROOMS
from tests.make import Make, sign_in
from tests.statements import Statements

WRITES = ("INSERT", "UPDATE", "DELETE")
SCRIPT = "<script>alert(1)</script>"
#: What a stranger may put where anything may be put.
ODD = (
    f"'\"><b>\x00{SCRIPT}'; DROP TABLE lab; --",
    "99999999999999999999",
    "-1",
    "//elsewhere.example/",
)
#: Every question that some page reads, found in the sources.
QUESTIONS = sorted(
    {"after", "before", "from", "next", "page", "q"}
    | {
        name
        for path in ROOMS
        for name in re.findall(
            r"""args(?:\.get\(|\[)"(\w+)|"(?=\w+" in request\.args)""", path.read_text("utf-8")
        )
        if name
    }
)
#: Nobody, everybody's helper, and the one who may do the most.
WHO: tuple[frozenset[Role], ...] = (frozenset(), frozenset(IN_LAB), frozenset(GLOBAL))


@pytest.fixture(autouse=True)
def _served(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault becomes a 500, as on a server, so that every address is tried."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


@pytest.fixture(params=WHO, ids=["visitor", "in-the-lab", "of-the-site"])
def lab(request: pytest.FixtureRequest, make: Make, client: Client) -> Lab:
    """A lab at follow-up, and the client signed in with every role of one sort."""
    lab = make.lab(Stage.FOLLOWUP)
    if request.param:
        sign_in(client, make.actor(lab, *sorted(request.param)))
    return lab


def test_no_address_breaks_when_what_it_names_does_not_exist(
    app: Flask, client: Client, lab: Lab
) -> None:
    asked = [*paths(app, "GET", slug=lab.slug), *paths(app, "GET", slug="no-such-lab")]

    broken = {path: status for _, path in asked if (status := client.get(path).status_code) >= 500}

    assert broken == {}


@pytest.mark.parametrize("odd", ODD, ids=["markup", "huge", "negative", "elsewhere"])
def test_no_address_breaks_at_odd_questions_or_repeats_them(
    app: Flask, client: Client, lab: Lab, odd: str
) -> None:
    asked = list(paths(app, "GET", slug=lab.slug))

    answers = {
        path: client.get(path, query_string=dict.fromkeys(QUESTIONS, odd)) for _, path in asked
    }

    assert {path: a.status_code for path, a in answers.items() if a.status_code >= 500} == {}
    assert [path for path, a in answers.items() if SCRIPT in a.text] == []
    assert [
        path for path, a in answers.items() if a.location and "://elsewhere" in _whole(a.location)
    ] == []


def test_an_empty_or_foreign_form_breaks_nothing(app: Flask, client: Client, lab: Lab) -> None:
    asked = list(paths(app, "POST", slug=lab.slug))

    broken = {
        path: answer.status_code
        for _, path in asked
        for form in ({}, dict.fromkeys(("reason", "title", "what", "name"), "\x00<b>😀"))
        if (answer := client.post(path, data=form)).status_code >= 500
    }

    assert broken == {}


def test_reading_writes_nothing(
    app: Flask,
    client: Client,
    lab: Lab,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    slug = lab.slug
    wrote = {}
    for _, path in paths(app, "GET", slug=slug):
        with statements() as run:
            client.get(path)
        if written := [text for text in run.texts if text.lstrip().startswith(WRITES)]:
            wrote[path] = written

    assert wrote == {}


@pytest.mark.parametrize("token", [None, "IjEi.forged.token"], ids=["missing", "forged"])
def test_no_form_is_taken_without_its_seal(
    app: Flask,
    client: Client,
    lab: Lab,
    monkeypatch: pytest.MonkeyPatch,
    token: str | None,
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    form = {"csrf_token": token} if token else {}

    taken = {
        path: answer.status_code
        for _, path in paths(app, "POST", slug=lab.slug)
        if (answer := client.post(path, data=form)).status_code != 400
    }

    assert taken == {}


def _whole(location: str) -> str:
    """Return where a browser would go."""
    return urljoin("http://localhost/", location)
