"""What a form accepts, and the one sentence it says when it does not."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import FileStorage, MultiDict

from labapp.web import formatting
from labapp.web.fields import (
    Choice,
    Choices,
    Day,
    Line,
    Mail,
    Moment,
    Money,
    Secret,
    Text,
    Upload,
    Whole,
    Yes,
)
from labapp.web.form import Form


class Sector(StrEnum):
    UPPER = "upper"
    LOWER = "lower"


class Everything(Form):
    what = Text("What is happening?", max=30, empty="Write what is happening.")
    where = Line("Where?", max=20, required=False, hint="A place people know.")
    mail = Mail("Mail", required=False)
    secret = Secret("Password", required=False)
    people = Whole("How many?", required=False, min=1, max=5000)
    cost = Money("Cost", required=False)
    since = Day("Since when?", required=False)
    opens = Moment("Opens", required=False)
    sector = Choice("Sector", Sector, required=False)
    channels = Choices("Channels", {"a": "A", "b": "B", "c": "C"}, required=False, max=2)
    agreed = Yes("I agree")
    photo = Upload("Photo", accept="image/*", required=False, max_mb=1)


@pytest.fixture
def app() -> Flask:
    made = Flask("labapp")
    made.config |= {"SECRET_KEY": "x", "WTF_CSRF_ENABLED": False, "TESTING": True}
    Babel(made, default_locale="en")
    formatting.init_app(made)
    return made


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", method="POST"):
        yield


def sent(**answers: object) -> Everything:
    form = Everything(MultiDict({"what": "Water", **answers}))
    form.validate()
    return form


def test_text_is_trimmed_normalised_and_keeps_its_lines() -> None:
    form = sent(what="  N\u0303u\u0308ru\u0308m \r\n 🌧️ <b> ' OR 1=1 ")

    assert form.what.data == "Ñürüm \n 🌧️ <b> ' OR 1=1"
    assert not form.errors


@pytest.mark.parametrize("hidden", ["\0", "\x1b", "\x7f", "\u202e", "\x85"])
def test_hidden_characters_are_refused_and_the_rest_is_kept(hidden: str) -> None:
    form = sent(what=f"Wa{hidden}ter")

    assert form.what.data == "Water"
    assert form.errors == {
        "what": ["There were hidden characters here. Look at it and send it again."]
    }


@pytest.mark.parametrize("blank", ["", "   ", "\r\n"])
def test_a_blank_required_answer_says_its_own_sentence_alone(blank: str) -> None:
    assert sent(what=blank).errors == {"what": ["Write what is happening."]}


def test_an_answer_never_sent_is_blank() -> None:
    form = Everything(MultiDict({"where": "here"}))

    assert not form.validate()
    assert form.what.data == ""


def test_too_long_says_how_many_fit_and_keeps_what_was_typed() -> None:
    form = sent(where="x" * 21)

    assert form.where.data == "x" * 21
    assert form.errors == {"where": ["This is too long: 20 characters fit and there are 21."]}


def test_a_line_is_one_line() -> None:
    assert sent(where=" Parte \t alta\r\n camino ").where.data == "Parte alta camino"


def test_a_mail_address_is_compared_in_small_letters() -> None:
    assert sent(mail=" Ana@Example.PA ").mail.data == "ana@example.pa"
    assert "mail" in sent(mail="ana").errors


def test_a_secret_keeps_its_blanks_and_is_never_shown_again() -> None:
    form = sent(secret=" a b ")

    assert form.secret.data == " a b "
    assert "a b" not in str(form.secret())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("4800", 4800),
        ("4,800", 4800),
        ("B/. 4,800", 4800),
        ("b/.4 800.00", 4800),
        (" $12 ", 12),
    ],
)
def test_money_reads_as_people_write_it(typed: str, read: int) -> None:
    assert sent(cost=typed).cost.given == read


@pytest.mark.parametrize("typed", ["4.800", "mil", "4,80", "1e3", "٣", "-5", "9" * 30, "\0"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    form = sent(cost=typed)

    assert list(form.errors) == ["cost"]
    assert len(form.errors["cost"]) == 1


@pytest.mark.parametrize("typed", ["0", "5001"])
def test_a_number_out_of_its_limits_says_them(typed: str) -> None:
    assert sent(people=typed).errors == {"people": ["Write a number from 1 to 5,000."]}


def test_a_blank_optional_answer_is_none() -> None:
    form = sent(people="", cost=" ", since="", opens="", sector="")

    assert not form.errors
    assert (form.people.data, form.cost.data, form.since.data) == (None, None, None)
    assert (form.opens.data, form.sector.data, form.photo.data) == (None, "", None)


@pytest.mark.parametrize("typed", ["2026-08-14", "14/08/2026", "14-8-2026"])
def test_a_day_is_read_from_a_picker_or_by_hand(typed: str) -> None:
    assert sent(since=typed).since.given == date(2026, 8, 14)


@pytest.mark.parametrize("typed", ["31/02/2026", "2026-13-01", "ayer", "0001-01-01", "'; --"])
def test_what_is_no_day_is_refused_and_shown_as_typed(typed: str) -> None:
    form = sent(since=typed)

    assert list(form.errors) == ["since"]
    assert 'type="text"' in str(form.since())


@pytest.mark.parametrize("typed", ["2026-08-14T17:30", "14/08/2026 17:30"])
def test_a_moment_is_the_clock_of_panama_kept_as_utc(typed: str) -> None:
    form = sent(opens=typed)

    assert form.opens.given == datetime(2026, 8, 14, 22, 30, tzinfo=UTC)
    assert 'value="2026-08-14T17:30"' in str(form.opens())


def test_a_choice_off_the_list_is_refused() -> None:
    assert sent(sector="upper").sector.data == Sector.UPPER
    assert sent(sector="middle").errors == {"sector": ["That is not on the list. Choose again."]}


def test_few_options_are_radios_and_many_are_a_select_box() -> None:
    form = sent()

    few = str(form.sector())
    form.sector.options = {str(n): str(n) for n in range(8)}

    assert few.count('type="radio"') == 2
    assert "<select" in str(form.sector())


def test_marks_are_counted_once_and_up_to_their_limit() -> None:
    def marked(*values: str) -> Everything:
        answers = MultiDict([("what", "Water"), *(("channels", v) for v in values)])
        form = Everything(answers)
        form.validate()
        return form

    assert marked("a", "a", "b").channels.data == ["a", "b"]
    assert marked("a", "b", "c").errors == {"channels": ["Choose at most 2; you marked 3."]}
    assert "channels" in marked("z").errors


def test_a_box_is_yes_or_no() -> None:
    assert sent(agreed="yes").agreed.data is True
    assert sent().agreed.data is False


@pytest.mark.parametrize(("size", "refused"), [(0, True), (10, False), (1024 * 1024 + 1, True)])
def test_a_file_is_neither_empty_nor_too_large(size: int, *, refused: bool) -> None:
    form = sent(photo=FileStorage(io.BytesIO(b"x" * size), "a.jpg"))

    assert bool(form.errors) is refused


def test_a_file_sent_with_a_wrong_answer_is_asked_for_again() -> None:
    form = sent(what="", photo=FileStorage(io.BytesIO(b"x"), "a.jpg"))

    assert form.errors["photo"] == ["Choose the file again: the browser did not keep it."]


def test_text_in_place_of_a_file_is_nothing() -> None:
    assert sent(photo="C:\\a.jpg").photo.data is None


def test_the_mark_of_a_form_is_kept_as_sent_and_made_anew_otherwise() -> None:
    shown = Everything(MultiDict()).once.data

    assert sent(once=shown).once.data == shown
    assert sent(once="<script>").once.data != "<script>"
    assert len(sent().once.data) >= 16


def test_every_field_draws_itself_without_the_browser_refusing_first() -> None:
    form = sent(where="x" * 21)
    drawn = "".join(str(question()) for question in form.questions())

    assert "required" not in drawn
    assert "style=" not in drawn
    assert 'id="where-error"' in drawn
    assert "Where? (optional)" in drawn
    assert "A place people know." in drawn
    assert drawn.count("govuk-form-group") >= len(form.questions())
