"""What a person is told before sending is true: who reads it, on each form of a whole town."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from flask import Flask, g, request_finished

from labapp.domain.policy import Role
from labapp.web.form import Form
from labapp.web.readers import Reader
from tests.house.readers import told_forms
from tests.security.addresses import Map
from tests.security.conftest import Restore
from tests.security.forms import TEXT, Question
from tests.security.test_forms import TAKEN, Case, form_cases, stand
from tests.security.town import OTHER, OWN, STRANGER, VISITOR, WAITING, Town

pytestmark = pytest.mark.heavy

MARK = re.compile(r"zq\d+q\d+z")
#: Whoever holds the token or the code in the address reads more than the public.
HOLDERS = ("/c/", "/e/", "/recover/")
#: What only looks for something, and keeps nothing.
SEARCHES = {"q", "search"}
#: Read later by more people than at once: ``tests/web/test_readers.py`` proves the rest.
LATER = {
    Reader.BESIDE_OTHERS, Reader.AFTER_REVIEW, Reader.ONCE_SENT, Reader.ONCE_ACCEPTED,
    Reader.WITH_RESULT,
}  # fmt: skip
#: Forms that the town shows nobody, each with the test that proves what it says.
ELSEWHERE: dict[str, str] = {}


@dataclass(frozen=True)
class Word:
    """One word written in one question: who was told to read it, and who wrote it."""

    form: str
    question: str
    reader: Reader | None
    sender: str


def test_who_reads_it_is_said_and_true_on_every_form(town: Town, restore: Restore) -> None:
    with _forms_met(town.app) as met:
        waiting = [case for case in form_cases(town, restore) if _free(case)]
    readers = _sentences(town)
    untold = [word for case in waiting for word in _words(case, readers).values() if not word.reader]

    lies: set[object] = set()
    sent: dict[str, Word] = {}
    while True:
        taken, waiting = _send(town, restore, waiting, readers)
        if not taken:
            break
        sent |= taken
        lies |= set(_lies(town, taken))
        town_was = len(sent)

    print(len(sent), "left", [(case.who, case.form.action) for case in waiting])
    print("unmet", sorted(one.__name__ for one in told_forms() if one not in met))
    assert untold == []
    assert lies == set()
    assert 0


@contextmanager
def _forms_met(app: Flask) -> Iterator[set[type]]:
    met: set[type] = set()

    def note(_app: Flask, **_response: Any) -> None:
        for form in g.get("forms", ()):
            met.update(type(form).__mro__)

    with request_finished.connected_to(note, app):
        yield met


def _sentences(town: Town) -> dict[str, Reader]:
    with town.app.test_request_context():
        return {" ".join(reader.sentence().split()): reader for reader in Reader}


def _free(case: Case) -> list[Question]:
    """Return the questions of a form that are answered in a person's own words."""
    given = case.form.filled()
    return [
        asked
        for asked in case.form.questions
        if given[asked.name] == TEXT and asked.name not in SEARCHES
    ]


def _words(case: Case, readers: dict[str, Reader], number: int = 0) -> dict[str, Word]:
    """Return a word for each such question, and who is told to read it."""

    def told(said: str) -> Reader | None:
        return next((reader for words, reader in readers.items() if words in said), None)

    return {
        f"zq{number}q{place}z": Word(
            case.form.action, asked.name, told(asked.said) or told(case.form.said), case.who
        )
        for place, asked in enumerate(_free(case))
    }


def _send(
    town: Town, restore: Restore, cases: list[Case], readers: dict[str, Reader]
) -> tuple[dict[str, Word], list[Case]]:
    """Send what can be sent in one town as it was loaded; return its words, and what was not."""
    restore()
    taken: dict[str, Word] = {}
    left = []
    stage = cases[0].stage if cases else None
    stand(stage)
    for number, case in enumerate(cases):
        words = _words(case, readers, number)
        marks = zip(_free(case), words, strict=True)
        data = {**case.form.filled(), **{asked.name: mark for asked, mark in marks}}
        if case.stage is not stage or town.client(case.who).post(
            case.form.action, data=data
        ).status_code != 302:
            left.append(case)
        else:
            taken |= words
    return taken, left


def _read(town: Town, who: str, *, holds: bool) -> set[str]:
    """Return the words that somebody finds on any page of the town."""
    client, found = town.client(who), set()
    places = Map(town)
    for address in [*places.all("GET", labs=(OWN, OTHER))]:
        if holds or not address.path.startswith(HOLDERS):
            answer = client.get(address.path)
            if answer.mimetype == "text/html":
                found |= set(MARK.findall(answer.text))
    return found


def _lies(town: Town, sent: dict[str, Word]) -> Iterator[object]:
    public = _read(town, VISITOR, holds=False) | _read(town, STRANGER, holds=False)
    told: set[str] = set(public)
    for who in {Role.FACILITATOR, Role.REVIEWER} | {word.sender for word in sent.values()}:
        told |= _read(town, who, holds=True)
    for mark, word in sent.items():
        if word.reader is None:
            continue
        if word.reader.is_public and word.reader not in LATER:
            if mark not in public:
                yield "not read by everybody", word
        elif mark in public:
            yield "read by everybody", word
        elif mark not in told:
            yield "read by nobody", word
