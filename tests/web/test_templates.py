"""The parts pages are made of: what they say, and what they never contain."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import Flask, render_template, render_template_string
from flask_babel import Babel
from flask_login import AnonymousUserMixin
from flask_wtf import CSRFProtect
from werkzeug.datastructures import MultiDict

from labapp.web import formatting
from labapp.web.fields import Choice, Line, Text, Upload
from labapp.web.form import Form

UI = '{% import "ui.html" as ui %}'


class Problem(Form):
    what = Text("¿Qué pasa?", empty="Escriba qué pasa.")
    where = Line("¿Dónde?", max=20)
    kind = Choice("Tipo", {"a": "Uno", "b": "Dos"})


class WithPhoto(Problem):
    photo = Upload("Foto", required=False)


@pytest.fixture(autouse=True)
def _page() -> Iterator[None]:
    app = Flask("labapp")
    app.config |= {"SECRET_KEY": "x", "SITE_NAME": "El Hilo"}
    Babel(app, default_locale="es")
    CSRFProtect(app)
    formatting.init_app(app)
    app.jinja_env.globals["current_user"] = AnonymousUserMixin()
    with app.test_request_context("/labs/"):
        yield


def drawn(source: str, **given: object) -> str:
    page = render_template_string(UI + source, **given)
    assert " style=" not in page
    assert "<script" not in page
    return page


def knot(mark: str, **said: str) -> SimpleNamespace:
    return SimpleNamespace(**{"when": "", "url": "", "detail": "", "who": "", "mark": mark} | said)


def test_a_late_knot_says_who_owes_it_and_since_when() -> None:
    page = drawn(
        "{{ ui.thread(knots) }}",
        knots=[
            knot("past", text="Una vecina lo contó", url="/p/1"),
            knot("owed", text="Se debe una respuesta", who="Alcaldía", when="hace 3 días"),
            knot("future", text="<b>Informe</b>"),
        ],
    )

    assert '<a href="/p/1">Una vecina lo contó</a>' in page
    assert "app-thread__knot--owed app-thread__knot--dotted" in page
    assert "Alcaldía" in page
    assert "hace 3 días" in page
    assert "&lt;b&gt;Informe" in page


def test_the_line_in_one_row_has_five_marks_and_words_for_who_cannot_see_them() -> None:
    page = drawn("{{ ui.stage_line(3, late=True) }}")

    assert page.count("<i") == 5
    assert page.count('class="to"') == 4
    assert 'aria-label="paso 3 de 5, algo está tarde"' in page


@pytest.mark.parametrize(
    ("declared", "verified", "said"),
    [
        (55, 41, "14 puntos de diferencia"),
        (40, 41, "1 punto de diferencia"),
        (50, 50, "Dicen lo mismo"),
        (100, None, "nada comprobado todavía"),
    ],
)
def test_two_bars_never_merge_and_their_gap_is_said(
    declared: int, verified: int | None, said: str
) -> None:
    page = drawn("{{ ui.bars(d, v) }}", d=declared, v=verified)

    assert page.count('class="app-bar"') == 2
    assert said in page


def test_a_form_with_errors_comes_back_with_what_was_typed_and_links_to_each_field() -> None:
    form = Problem(MultiDict({"where": "<i>" + "x" * 30}), meta={"csrf": False})
    form.validate()

    page = drawn('{{ ui.whole_form(form, "Enviar") }}', form=form)

    assert page.index("Revise esto antes de enviar") < page.index("<form")
    for name in ("what", "where", "kind"):
        assert f'href="#{name}"' in page
        assert f'id="{name}"' in page
    assert "&lt;i&gt;xxx" in page
    assert "There is a problem" not in page
    assert "Error:" in page
    assert "novalidate" in page
    assert f'name="once" type="hidden" value="{form.once.data}"' in page


@pytest.mark.parametrize(("form", "parts"), [(Problem, False), (WithPhoto, True)])
def test_a_form_with_a_file_is_sent_in_parts(form: type[Form], *, parts: bool) -> None:
    page = drawn(
        '{% call ui.form(form, "Enviar") %}{{ ui.fields(form) }}{% endcall %}', form=form()
    )

    assert ("multipart/form-data" in page) is parts
    assert page.count('name="csrf_token"') == 1


def test_a_button_that_acts_is_a_form_with_its_seals() -> None:
    page = drawn('{{ ui.act_button("/x", "Publicar", hidden={"n": "2"}) }}')

    for name in ("csrf_token", "once", "n"):
        assert page.count(f'name="{name}"') == 1


def test_a_refusal_gives_back_what_was_typed() -> None:
    page = render_template(
        "error.html", status=400, reason="Vino de otra parte.", typed=[("¿Qué pasa?", "<b>Agua")]
    )

    assert "readonly" in page
    assert "&lt;b&gt;Agua" in page
    assert "Vino de otra parte." in page


def test_an_anonymous_page_holds_no_seal_and_no_english() -> None:
    page = render_template("error.html", status=404, reason="No hay nada en esta dirección.")

    assert "csrf" not in page
    assert '<html lang="es"' in page
    assert 'href="/labs/?lang=en"' in page
    assert "Saltar al contenido" in page
