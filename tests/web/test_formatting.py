"""Dates, money and lateness as people say them, in both languages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask_babel import Babel, force_locale

from labapp.web import formatting

NOON = datetime(2026, 8, 14, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _page() -> Iterator[None]:
    app = Flask("labapp")
    Babel(app, default_locale="es")
    formatting.init_app(app)
    with (
        app.test_request_context("/labs/?page=2&lang=es"),
        time_machine.travel(NOON, tick=False),
    ):
        yield


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "hoy"),
        (-1, "ayer"),
        (1, "mañana"),
        (-34, "hace 34 días"),
        (-75, "hace 75 días"),
        (-97, "hace 3 meses"),
        (-150, "hace 5 meses"),
        (-1100, "hace 3 años"),
        (5, "en 5 días"),
        (100, "en 3 meses"),
    ],
)
def test_a_distance_in_days_is_said_as_people_say_it(days: int, said: str) -> None:
    assert formatting.distance(days) == said


def test_the_day_is_the_day_of_panama() -> None:
    late_evening = datetime(2026, 8, 15, 3, 0, tzinfo=UTC)

    assert formatting.day(late_evening) == "14 ago 2026"
    assert ">hoy<" in formatting.ago(late_evening)


def test_ago_carries_the_exact_date() -> None:
    said = formatting.ago(date(2026, 7, 11))

    assert said == '<time datetime="2026-07-11" title="11 jul 2026">hace 34 días</time>'


def test_a_moment_has_its_hour() -> None:
    said = (
        formatting.moment(datetime(2026, 8, 14, 22, 30, tzinfo=UTC))
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
    )

    assert said == "14 ago 2026, 5:30 p. m."


def test_money_lateness_and_shares() -> None:
    assert formatting.money(4800) == "B/.\u00a04,800"
    assert formatting.late(11) == "11 días tarde"
    assert formatting.late(1) == "1 día tarde"
    assert formatting.percent(54.6) == "55\u00a0%"


def test_english_says_the_same() -> None:
    with force_locale("en"):
        assert formatting.distance(-34) == "34 days ago"
        assert formatting.day(NOON) == "14 Aug 2026"


def test_the_same_page_in_another_language() -> None:
    assert formatting.in_language("en") == "/labs/?page=2&lang=en"
