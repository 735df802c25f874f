"""Every page is behind a gate, or says why it is not; every template compiles."""

from flask import Flask

from tests.house.public import PUBLIC


def test_every_page_passes_a_gate_or_is_listed_public(app: Flask) -> None:
    ungated = {page for page, view in app.view_functions.items() if not hasattr(view, "act")}

    assert ungated - PUBLIC.keys() == set(), "give it @gate(Act.X), or list it in public.py"


def test_the_list_of_public_pages_is_true(app: Flask) -> None:
    there = {page for page, view in app.view_functions.items() if not hasattr(view, "act")}

    assert PUBLIC.keys() - there == set(), "it has a gate, or is gone: take it off public.py"


def test_every_template_compiles(app: Flask) -> None:
    names = app.jinja_env.list_templates()

    assert names
    for template in names:
        app.jinja_env.get_template(template)
