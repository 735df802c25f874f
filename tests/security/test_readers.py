"""What the public reads is what was said before it was sent, on each form of a whole town."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, g, request_finished

from labapp.web.readers import Reader
from tests.house.readers import told_forms
from tests.house.tree import ROOT
from tests.security.addresses import Map
from tests.security.conftest import Restore
from tests.security.forms import TEXT, Question
from tests.security.test_forms import STAGES, Case, form_cases, stand
from tests.security.town import OTHER, OWN, Town

pytestmark = pytest.mark.heavy

MARK = re.compile(r"zq\d+q\d+z")
#: Whoever holds the token or the code in the address reads more than the public.
HOLDERS = ("/c/", "/e/", "/recover/")
#: What only looks for something, and keeps nothing.
SEARCHES = {"q", "search", "code"}
#: Read later by more people than at once: ``tests/web/test_readers.py`` proves the rest.
LATER = {
    Reader.BESIDE_OTHERS, Reader.AFTER_REVIEW, Reader.ONCE_SENT, Reader.ONCE_ACCEPTED,
    Reader.ONCE_ENOUGH_LOOKED, Reader.WITH_RESULT,
}  # fmt: skip
#: Numbers, asked in a line of text; and what the town says of a file that it keeps from the public.
APART = {"problem", "last", "caption"}
#: Forms that nobody of the town sends with words, each with the test that proves what it says.
ELSEWHERE = {
    "AnnulForm": "results/test_annulment.py::test_the_pages_ask_show_and_answer_it",
    "AnnulmentAnswerForm": "results/test_annulment.py::test_the_pages_ask_show_and_answer_it",
    "DismissalAppealForm": "labs/test_dismissals.py::test_the_person_is_told_on_their_pages",
    "DismissalRulingForm": "labs/test_dismissals.py::test_the_person_is_told_on_their_pages",
    "EndForm": "labs/test_dismissals.py::test_the_person_is_told_on_their_pages",
    "AppealForm": "moderation/test_views.py::test_who_holds_the_code_appeals_once_and_nobody_else",
    "RulingForm": "moderation/test_views.py::test_antai_finds_the_appeal_on_its_desk",
    "RemovalForm": "moderation/test_views.py::test_the_words_are_for_the_author_and_the_desk_alone",
    "BatchForm": "polling/test_paper_pages.py::test_the_photo_is_for_those_who_type",
    "SettleForm": "polling/test_discrepancies.py::test_the_other_confirms_and_it_stands",
    "CloseForm": "stages/test_pages.py::test_a_close_with_things_owed_shows_them_to_everybody",
    "OwnReasonForm": "stages/test_pages.py::test_a_close_with_things_owed_shows_them_to_everybody",
    "RefuseCloseForm": "stages/test_closing.py::test_antai_refuses_with_a_reason_that_all_read",
    "DraftForm": "web/test_readers.py::test_a_lab_is_read_by_everybody_from_its_approval",
    "WhereForm": "web/test_readers.py::test_a_lab_is_read_by_everybody_from_its_approval",
    "PaperForm": "problems/test_views.py::test_a_facilitator_types_in_what_came_on_paper",
    "DrawForm": "results/test_undrawn.py::test_rounds_stop_at_the_tie",
    "OpinionForm": "proposals/test_pages.py::test_a_proposal_is_written_sent_and_admitted",
    "ProposalRefusalForm": "proposals/test_service.py::test_what_is_refused_has_its_public_reason",
    "AttestForm": "followup/test_proxy_looks.py::test_no_page_says_who_looked_typed_or_confirmed",
    "ForNeighbourForm": "followup/test_proxy_looks.py::test_no_page_says_who_looked",
    "OrganizationForm": "organizations/test_organizations.py::test_a_name_of_html_is_text",
    "PlainVoteForm": "voting/test_pages.py::test_html_and_emoji_are_kept_as_text",
    "VoteForm": "voting/test_pages.py::test_html_and_emoji_are_kept_as_text",
    "ReviewForm": "review/test_pages.py::test_a_review_goes_there_and_back_and_is_validated",
    "ReturnForm": "review/test_pages.py::test_a_review_goes_there_and_back_and_is_validated",
    "ValidateForm": "review/test_pages.py::test_a_review_goes_there_and_back_and_is_validated",
    "DivisionForm": "sessions/test_contribution_pages.py::test_one_is_divided_and_the_parts_know",
    "JoiningForm": "sessions/test_contribution_pages.py::test_those_that_say_the_same_are_joined",
    "NeighboursForm": "labs/test_people_pages.py::test_the_public_page_tells_of_a_join_by_role",
    "WhoForm": "labs/test_people_pages.py::test_the_public_page_tells_of_a_join_by_role",
}


@dataclass(frozen=True)
class Word:
    """One word written in one question: who was told to read it, and who wrote it."""

    form: str
    question: str
    reader: Reader | None
    sender: str


def test_the_public_reads_what_was_said_and_no_more(town: Town, restore: Restore) -> None:
    waiting = [case for case in form_cases(town, restore) if _free(case)]
    readers = _sentences(town)
    lies: list[tuple[str, Word]] = []
    proved: set[type] = set()
    for stage in STAGES:
        while here := [case for case in waiting if case.stage is stage]:
            restore()
            stand(stage)
            sent, forms, left = _send(town, here, readers)
            if not sent:
                break
            proved |= forms
            lies += _lies(town, sent)
            waiting = [case for case in waiting if case not in here or case in left]

    untested = [test for test in ELSEWHERE.values() if not _is_there(test)]
    unproved = {form.__name__ for form in told_forms() if form not in proved}
    assert "\n".join(f"{lie}: {word}" for lie, word in lies) == ""
    assert sorted(unproved - ELSEWHERE.keys()) == []
    assert untested == []


@contextmanager
def _forms_met(app: Flask) -> Iterator[set[type]]:
    """Note each form that the pages make."""
    met: set[type] = set()

    def note(_app: Flask, **_response: Any) -> None:
        for form in g.get("forms", ()):
            met.update(type(form).__mro__)

    with request_finished.connected_to(note, app):
        yield met


def _is_there(test: str) -> bool:
    """Tell whether a test stands where it is said to, by the beginning of its name."""
    file, _colons, name = test.partition("::")
    return f"def {name}" in (ROOT / "tests" / file).read_text("utf-8")


def _sentences(town: Town) -> dict[str, Reader]:
    with town.app.test_request_context():
        return {" ".join(reader.sentence().split()): reader for reader in Reader}


def _free(case: Case) -> list[Question]:
    """Return the questions of a form that are answered in a person's own words."""
    given = case.form.filled()
    return [
        asked
        for asked in case.form.questions
        if given[asked.name] == TEXT
        and asked.sort != "password"
        and asked.name not in SEARCHES | APART
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
    town: Town, cases: list[Case], readers: dict[str, Reader]
) -> tuple[dict[str, Word], set[type], list[Case]]:
    """Send what can be sent; return its words, the forms they were written in, and the rest."""
    taken: dict[str, Word] = {}
    forms: set[type] = set()
    left = []
    for number, case in enumerate(cases):
        words = _words(case, readers, number)
        marks = zip(_free(case), words, strict=True)
        data = {**case.form.filled(), **{asked.name: mark for asked, mark in marks}}
        with _forms_met(town.app) as met:
            answer = town.client(case.who).post(case.form.action, data=data)
        if answer.status_code == 302:
            taken |= words
            forms |= met
        else:
            left.append(case)
    return taken, forms, left


def _read(town: Town, wanted: set[str]) -> set[str]:
    """Return which of these words a visitor finds on any page of the town."""
    client, found = town.client(), set()
    for address in Map(town).all("GET", labs=(OWN, OTHER)):
        if address.path.startswith(HOLDERS):
            continue
        answer = client.get(address.path)
        if answer.mimetype == "text/html":
            found |= wanted & set(MARK.findall(answer.text))
    return found


def _lies(town: Town, sent: dict[str, Word]) -> Iterator[tuple[str, Word]]:
    """Yield what a visitor reads and nobody said, or does not and was said to."""
    public = _read(town, set(sent))
    for mark, word in sent.items():
        # A form that names nobody fails in tests/house/test_readers.py.
        # What one neighbour saw waits for another, who in one lab of the town has looked already.
        told = None if word.reader is Reader.ONCE_ENOUGH_LOOKED else word.reader
        everybody = told is not None and told.is_public and told not in LATER
        if told is not None and everybody != (mark in public):
            yield "not read by everybody" if everybody else "read by everybody", word
