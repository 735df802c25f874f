"""Every form in which a person writes says who will read it, on every page that draws it."""

from labapp.web.readers import Reader
from tests.house.readers import forms, told_forms, unsaid, words
from tests.house.tree import PACKAGE, name


def test_every_form_says_who_reads_what_is_written_in_it() -> None:
    silent = [f"{form.__name__}: {', '.join(unsaid(form))}" for form in forms() if unsaid(form)]

    assert len(told_forms()) > 50
    assert silent == [], "give the form or the question its reader (labapp/web/readers.py)"


def test_only_questions_that_are_there_are_excused_each_with_its_reason() -> None:
    wrong = [
        f"{form.__name__}.{question}"
        for form in forms()
        for question, reason in form.searches.items()
        if question not in words(form) or len(reason.split()) < 3
    ]

    assert wrong == []


def test_every_page_that_draws_a_form_itself_says_who_reads_it() -> None:
    pages = {path: path.read_text("utf-8") for path in PACKAGE.glob("templates/**/*.html")}
    by_itself = [path for path, text in pages.items() if ".hidden_tag()" in text]
    silent = {name(path) for path in by_itself if "reader(" not in pages[path]}

    # A ballot is read by nobody beside a name: its page says so. Whoever comes in writes a name,
    # and that question says for itself who reads it.
    assert silent == {
        "labapp/templates/voting/ballot.html",
        "labapp/templates/sessions/run.html",
    }


def test_every_sentence_is_said_of_some_form() -> None:
    said = {form.reader for form in forms()} | {
        question.kwargs.get("reader")
        for form in forms()
        for question in vars(form).values()
        if hasattr(question, "kwargs")
    }

    assert set(Reader) - said == set()
