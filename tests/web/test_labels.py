"""What a refused form sent stands under the words of its questions, never under a field's name."""

import re
from collections.abc import Iterator
from html import unescape
from inspect import getmodule

import pytest
from flask import Flask
from wtforms.fields.core import UnboundField

from labapp.domain.errors import Denied
from labapp.factory import create_app
from labapp.web.form import Form
from tests.conftest import SETTINGS

#: What two forms of one room ask in different words, or what no form asks.
PLAIN = "Lo que escribió"
#: Sent by pages that write their own rows.
STRAY = "sheet-3"
#: Never shown again, whatever the page.
SECRET = {"password", "old", "new"}
SHOWN = re.compile(r'<label for="typed-\d+">([^<]*)</label>\s*<textarea[^>]*>([^<]*)</textarea>')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app({**SETTINGS, "INSTANCE": str(tmp_path_factory.mktemp("labels"))})


def every_form(kind: type[Form] = Form) -> Iterator[type[Form]]:
    for form in kind.__subclasses__():
        yield from every_form(form)
        if form.__module__.startswith("labapp.") and hasattr(getmodule(form), form.__name__):
            yield form


def questions(form: type[Form]) -> dict[str, str]:
    """Return what a person answers in a form, by the field's name, without what is never shown."""
    fields = {name: getattr(form, name) for name in dir(form)}
    return {
        name: str(field.args[0])
        for name, field in fields.items()
        if isinstance(field, UnboundField) and name not in SECRET and field.args[0] != ""
    }


def path_in(site: Flask, room: str) -> str:
    """Return an address of the room to which something is sent."""
    rules = (
        rule.rule
        for rule in site.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and site.view_functions[rule.endpoint].__module__.startswith(f"labapp.{room}.")
    )
    return re.sub(r"<any\((\w+)[^>]*>|<[^>]*>", lambda found: found[1] or "1", next(rules))


def refused(site: Flask, form: type[Form], *, made: bool) -> tuple[dict[str, str], dict[str, str]]:
    """Send a form to a page that refuses it, before or after it was made.

    Returns the labels as shown, and as the form asks, each by the field's name.
    """
    sent = {name: f"words of {name}" for name in [*questions(form), STRAY]}
    path = path_in(site, form.__module__.split(".")[1])
    with site.test_request_context(path, method="POST", data=sent):
        if made:
            form()
        page = site.make_response(site.handle_user_exception(Denied("No."))).get_data(as_text=True)
        asked = questions(form)
    shown = {text.removeprefix("words of "): unescape(label) for label, text in SHOWN.findall(page)}
    assert shown.keys() == sent.keys(), "what was typed is never lost"
    return shown, {**asked, STRAY: PLAIN}


def test_a_form_refused_after_it_was_made_shows_its_own_questions(site: Flask) -> None:
    answers = {form.__qualname__: refused(site, form, made=True) for form in every_form()}

    assert len(answers) > 60
    assert {name: shown for name, (shown, asked) in answers.items() if shown != asked} == {}


def test_a_form_refused_before_it_was_made_is_told_by_what_it_sent(site: Flask) -> None:
    answers = {form.__qualname__: refused(site, form, made=False) for form in every_form()}
    known = [name for name, (shown, asked) in answers.items() if shown == asked]
    foreign = {
        name: label
        for name, (shown, asked) in answers.items()
        for field, label in shown.items()
        if label not in (asked[field], PLAIN)
    }

    assert foreign == {}
    assert len(known) > len(answers) * 0.8, "most forms are told from one another"
