"""A form that will not do comes back as typed, and nothing is written."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from labapp.db import db, utcnow
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.followup.models import Declaration, Evidence, Letter, Milestone, Verification
from labapp.labs.models import Lab
from tests.client import Client
from tests.followup.make import agreement, source
from tests.make import Make, sign_in

HTML = "<script>alert(1)</script> 😀 ' OR 1=1 --"


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def _today() -> str:
    return local_day(utcnow()).isoformat()


def test_a_form_sent_twice_makes_one_letter(make: Make, client: Client, lab: Lab) -> None:
    body = make.organization()
    source(lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    form = {
        "source": "proposal-1",
        "organization": body.id,
        "text": HTML,
        "reference": HTML,
        "presented_on": _today(),
        "once": "a" * 22,
    }

    places = [
        client.post(f"/labs/{lab.slug}/letters/new", data=form).headers["Location"] for _ in "ab"
    ]

    assert places[0] == places[1]
    assert _count(Letter) == 1
    shown = client.get(places[0]).text
    assert "<script>alert" not in shown
    assert "😀" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"reference": "x" * 201},
        {"presented_on": "31/02/2026"},
        {"presented_on": "2150-01-01"},
        {"organization": "999"},
        {"source": "proposal-999"},
        {"source": "' OR 1=1"},
        {"text": "a\0b"},
    ],
)
def test_a_wrong_letter_comes_back_as_typed(
    make: Make, client: Client, lab: Lab, wrong: dict[str, str]
) -> None:
    body = make.organization()
    source(lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    form = {
        "source": "proposal-1",
        "organization": str(body.id),
        "text": "Pedimos esto.",
        "reference": "EJ-1",
        "presented_on": _today(),
    }

    answer = client.post(f"/labs/{lab.slug}/letters/new", data=form | wrong)

    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.text
    assert _count(Letter) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"asks": " \n "},
        {"asks": "x" * 201},
        {"asks": "¿?\n" * 21},
        {"weight": "0"},
        {"weight": "-4"},
        {"due_on": ""},
        {"title": "x" * 141},
    ],
)
def test_a_wrong_step_is_not_written(
    make: Make, client: Client, lab: Lab, wrong: dict[str, str]
) -> None:
    agreement(make, lab, accepted=False)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    form = {"title": "Losa", "due_on": "2030-01-01", "asks": "¿Losa?", "weight": "20"}

    answer = client.post(f"/labs/{lab.slug}/agreements/1/steps", data=form | wrong)

    assert answer.status_code == 422
    assert _count(Milestone) == 1


@pytest.mark.parametrize("percent", ["", "-1", "101", "cien", "1e3"])
def test_a_wrong_percent_is_not_declared(
    make: Make, client: Client, lab: Lab, percent: str
) -> None:
    body = make.organization()
    agreement(make, lab, organization=body)
    entity = make.actor(lab, Role.RESPONSIBLE, organization=body)
    sign_in(client, entity)

    answer = client.post(f"/labs/{lab.slug}/milestones/1/declare", data={"percent": percent})

    assert answer.status_code == 422
    assert _count(Declaration) == 0


def test_a_file_that_is_not_what_it_says_loses_nothing(
    make: Make, client: Client, lab: Lab
) -> None:
    body = make.organization()
    agreement(make, lab, organization=body)
    entity = make.actor(lab, Role.RESPONSIBLE, organization=body)
    sign_in(client, entity)
    form = {"percent": "50", "note": "Vamos bien", "file": (BytesIO(b"MZ"), "foto.jpg")}

    answer = client.post(f"/labs/{lab.slug}/milestones/1/declare", data=form)

    assert answer.status_code == 422
    assert "Vamos bien" in answer.text
    assert _count(Declaration) == _count(Evidence) == 0


def test_a_neighbour_leaves_no_question_out(make: Make, client: Client, lab: Lab) -> None:
    agreement(make, lab)
    sign_in(client, make.actor(lab, Role.MEMBER))

    answer = client.post(f"/labs/{lab.slug}/milestones/1/confirm", data={"q1": "yes"})

    assert answer.status_code == 422
    assert _count(Verification) == 0
