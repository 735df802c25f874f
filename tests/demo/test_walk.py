"""Whoever follows the links of the demonstration finds a whole page behind each of them."""

import re
from collections import deque
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from labapp.accounts.models import Person
from labapp.db import db
from tests.make import sign_in

WALKERS = (None, "vecina2", "facilitadora-smi", "antai1", "admin")
WHOLE = ("text/html", 200)
LINK = re.compile(r'<a\b[^>]*\shref="(/[^"#]*)')
SAYS_NOTHING = re.compile(r">\s*(?:None|True|False|nan|\[\])\s*<|%\(\w+\)|&lt;[A-Z]\w+ object")


@pytest.mark.parametrize("walker", WALKERS, ids=str)
def test_every_link_leads_to_a_whole_page(demo: Flask, walker: str | None) -> None:
    client = demo.test_client()
    if walker:
        sign_in(client, db.session.scalars(select(Person).filter_by(username=walker)).one())

    faults, seen = _walk(client, "/")

    assert faults == [], "\n".join(faults)
    assert len(seen) > 200


def test_every_page_is_whole_in_english_too(demo: Flask) -> None:
    client = demo.test_client()

    faults, seen = _walk(client, "/?lang=en")

    assert faults == [], "\n".join(faults)
    assert len(seen) > 200
    assert '<html lang="en"' in client.get("/country/").text


def _walk(client: FlaskClient, start: str) -> tuple[list[str], set[str]]:
    """Follow each link once; return what is wrong, and where one has been."""
    faults: list[str] = []
    seen, waiting = {start}, deque([(start, "the start")])
    while waiting:
        path, where = waiting.popleft()
        answer = client.get(path)
        if answer.status_code >= 400:
            faults.append(f"{answer.status_code} at {path}, linked from {where}")
        page = answer.text if (answer.mimetype, answer.status_code) == WHOLE else ""
        answer.close()
        if not page:
            continue
        faults += [f"{fault} at {path}" for fault in _faults(page)]
        for link in map(unescape, LINK.findall(page)):
            other_language = "lang=" in link
            if link not in seen and not other_language and not link.startswith("//"):
                seen.add(link)
                waiting.append((link, path))
    return faults, seen


def _faults(page: str) -> list[str]:
    """Say what any page of this site lacks, or says by mistake."""
    found = []
    if page.count("<h1") != 1:
        found.append(f"{page.count('<h1')} titles")
    if said := SAYS_NOTHING.search(page):
        found.append(f"{said.group()!r} said")
    ids = re.findall(r'\sid="([^"]+)"', page)
    if doubled := {each for each in ids if ids.count(each) > 1}:
        found.append(f"ids given twice: {sorted(doubled)}")
    return found
