"""Pages of visits and findings: forms, what two members close, and bad input."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from labapp.audits.models import Finding
from labapp.db import db, utcnow
from labapp.domain.panama_time import local_day
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from tests.audits import make as audits
from tests.client import Client
from tests.files.make import photo
from tests.make import Make, sign_in

HTML = "<script>alert(1)</script> 😀 ' OR 1=1 --"


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _today() -> str:
    return local_day(utcnow()).isoformat()


def _findings() -> int:
    return db.session.scalars(select(func.count()).select_from(Finding)).one()


def test_a_visit_with_its_photo_says_what_was_seen(make: Make, client: Client, lab: Lab) -> None:
    made = audits.watch(make, lab)
    sign_in(client, made.members[0])
    questions = made.step.questions
    asked = client.get(f"/labs/{lab.slug}/visits/new?committee=1&milestone=1").text
    assert asked.index('name="present"') < asked.index(questions[2].text)
    assert asked.index(questions[2].text) < asked.index('name="notes"')
    form: dict[str, object] = {
        "visited_on": _today(),
        "present": "5",
        "notes": HTML,
        "file": (BytesIO(photo()), "pared.jpg"),
        "once": "a-mark-of-this-form-2",
    }
    for question in questions:
        form[f"q{question.id}"] = "no" if question is questions[0] else "yes"
        form[f"n{question.id}"] = "falta la norte"

    answer = client.post(f"/labs/{lab.slug}/visits/new?committee=1&milestone=1", data=form)

    assert answer.headers["Location"] == f"/labs/{lab.slug}/visits/1/"
    page = client.get(f"/labs/{lab.slug}/visits/1/").text
    assert page.count("falta la norte") == 3
    assert "&lt;script&gt;alert" in page
    assert f"/labs/{lab.slug}/documents/1/" in page
    assert made.step.verified == 66


def test_a_visit_with_something_missing_comes_back(make: Make, client: Client, lab: Lab) -> None:
    made = audits.watch(make, lab)
    sign_in(client, made.members[0])
    page = f"/labs/{lab.slug}/visits/new?committee=1&milestone=1"

    assert client.post(page, data={}).status_code == 422
    assert client.post(page, data={"present": "muchos", "visited_on": "x"}).status_code == 422
    assert client.get(f"/labs/{lab.slug}/visits/new?committee=9").status_code == 404
    assert client.get(f"/labs/{lab.slug}/visits/new").status_code == 404
    assert client.get(f"{page}9").status_code == 404


def test_a_finding_from_raised_to_closed(make: Make, client: Client, lab: Lab) -> None:
    made = audits.watch(make, lab)
    base = f"/labs/{lab.slug}/findings"
    sign_in(client, made.members[0])
    form = {
        "text": HTML,
        "sort": "technical",
        "severity": "grave",
        "milestone": "1",
        "once": "a-mark-of-this-form-3",
    }

    for _again in range(2):
        answer = client.post(f"{base}/new?committee=1", data=form)
        assert answer.headers["Location"] == f"{base}/1/"
    assert _findings() == 1
    assert "<script>alert" not in client.get(f"{base}/1/").text

    sign_in(client, made.entity)
    assert client.get(f"{base}/1/reply").status_code == 200
    client.post(f"{base}/1/reply", data={"text": "No estaba en el plano."})
    assert client.post(f"{base}/1/reply", data={"text": "Otra"}).status_code == 409

    for member in made.members[1:3]:
        sign_in(client, member)
        assert client.post(f"{base}/1/close").status_code == 302
    page = client.get(f"{base}/1/").text
    assert "No estaba en el plano." in page
    assert "Cerrado" in page
    assert client.post(f"{base}/1/close").status_code == 409


@pytest.mark.parametrize(
    "changed",
    [
        {"text": ""},
        {"text": "x" * 5001},
        {"text": "a\0b"},
        {"sort": "gossip"},
        {"milestone": "77"},
        {"reply_due_on": "31/31/2026"},
    ],
)
def test_a_finding_that_will_not_do_comes_back(
    make: Make, client: Client, lab: Lab, changed: dict[str, str]
) -> None:
    made = audits.watch(make, lab)
    sign_in(client, made.members[0])
    good = {"text": "Falta la pared norte", "sort": "technical", "severity": "grave"}

    answer = client.post(f"/labs/{lab.slug}/findings/new?committee=1", data={**good, **changed})

    assert answer.status_code == 422
    assert _findings() == 0


def test_a_day_to_reply_in_the_past_is_refused(make: Make, client: Client, lab: Lab) -> None:
    made = audits.watch(make, lab)
    sign_in(client, made.members[0])
    form = {
        "text": "Falta",
        "sort": "technical",
        "severity": "grave",
        "reply_due_on": "2020-01-01",
    }

    answer = client.post(f"/labs/{lab.slug}/findings/new?committee=1", data=form)

    assert answer.status_code == 409
    assert "Falta" in answer.text
