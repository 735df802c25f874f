"""Pages of works, committees, visits and findings: doors, forms and bad input."""

import re
from io import BytesIO

import pytest
from sqlalchemy import func, select

from labapp.audits import queries
from labapp.audits.models import Finding, Seat, Work
from labapp.db import db, utcnow
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.web.panama import local_day
from tests.audits import make as audits
from tests.client import Client
from tests.files.make import photo
from tests.make import Make, sign_in

HTML = "<script>alert(1)</script> 😀 ' OR 1=1 --"
PUBLIC = (
    "works/",
    "works/1/",
    "committees/",
    "committees/1/",
    "visits/",
    "visits/1/",
    "findings/",
    "findings/1/",
)
FACILITATORS = ("works/new", "works/1/accept", "committees/1/seat")
MEMBERS = (
    "visits/new?committee=1",
    "visits/new?committee=1&milestone=1",
    "findings/new?committee=1",
    "findings/1/look",
    "committees/1/final-report",
    "committees/1/my-seat",
)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _today() -> str:
    return local_day(utcnow()).isoformat()


def _count(table: type[Work | Finding | Seat]) -> int:
    return db.session.scalars(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("path", PUBLIC)
def test_anyone_reads_what_a_committee_sees(
    make: Make, client: Client, lab: Lab, path: str
) -> None:
    made = audits.watch(make, lab)
    audits.visit(made)
    audits.finding(made)

    assert client.get(f"/labs/{lab.slug}/{path}").status_code == 200


@pytest.mark.parametrize("path", FACILITATORS + MEMBERS)
def test_a_page_that_writes_has_its_doors(make: Make, client: Client, lab: Lab, path: str) -> None:
    made = audits.watch(make, lab)
    audits.finding(made)
    page = f"/labs/{lab.slug}/{path}"

    visitor = client.get(page).status_code
    sign_in(client, made.reviewer)
    antai = client.get(page).status_code
    sign_in(client, made.facilitator if path in FACILITATORS else made.members[0])
    right = client.get(page).status_code
    lab.stage = Stage.CALL
    wrong_stage = client.get(page).status_code

    assert visitor in (302, 401)
    assert (antai, right, wrong_stage) == (403, 200, 403)


@pytest.mark.parametrize("path", PUBLIC[1::2])
def test_another_labs_number_leads_nowhere(make: Make, client: Client, lab: Lab, path: str) -> None:
    made = audits.watch(make, lab)
    audits.visit(made)
    audits.finding(made)
    other = make.lab(Stage.FOLLOWUP)

    assert client.get(f"/labs/{other.slug}/{path}").status_code == 404


def test_from_an_agreement_to_a_certified_committee(make: Make, client: Client, lab: Lab) -> None:
    agreement = audits.agreement(make, lab)
    base = f"/labs/{lab.slug}"
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    work = {
        "agreement": str(agreement.thing.number),
        "reference": "EJ-OBRA-01",
        "contractor": "Constructora de ejemplo",
        "cost": "B/. 4,650",
        "starts_on": _today(),
        "ends_on": _today(),
        "once": "a-mark-of-this-form-1",
    }

    for _again in range(2):
        answer = client.post(f"{base}/works/new", data=work)
        assert answer.headers["Location"] == f"{base}/works/1/"
    assert _count(Work) == 1
    assert "B/.\u00a04,650" in client.get(f"{base}/works/1/").text

    client.post(
        f"{base}/committees/new?work=1", data={"name": "Ojos del Agua", "chosen_how": "Reunión 2"}
    )
    for n in range(5):
        person = make.person()
        seated = client.post(
            f"{base}/committees/1/seat",
            data={"username": person.username, "consents": "1" if n else ""},
        )
        assert seated.headers["Location"] == f"{base}/committees/1/"
    assert client.post(f"{base}/committees/1/report-to-antai").status_code == 302

    sign_in(client, make.actor(lab, Role.REVIEWER))
    assert "Certificar" in client.get(f"{base}/committees/1/").text
    client.post(f"{base}/committees/1/certify", data={"certificate": "EJ-CAS-01"})

    page = client.get(f"{base}/committees/1/").text
    assert "EJ-CAS-01" in page
    assert queries.numbers().committees_certified == 1


def test_a_member_without_consent_has_no_name_for_the_public(
    make: Make, client: Client, lab: Lab
) -> None:
    made = audits.watch(make, lab, seats=0, certified=False)
    audits.seated(make, made, consents=True)
    audits.seated(make, made)
    named, unnamed = (seat.person.name for seat in queries.seats(made.committee.id))

    page = client.get(f"/labs/{lab.slug}/committees/1/").text
    assert (named in page, unnamed in page) == (True, False)
    sign_in(client, made.facilitator)
    assert unnamed in client.get(f"/labs/{lab.slug}/committees/1/").text


def test_a_visit_with_its_photo_says_what_was_seen(make: Make, client: Client, lab: Lab) -> None:
    made = audits.watch(make, lab)
    sign_in(client, made.members[0])
    questions = made.step.questions
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
    assert _count(Finding) == 1
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
    assert _count(Finding) == 0


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


@pytest.mark.parametrize(
    "given", [{}, {"username": "nadie"}, {"member": "99"}, {"member": "x", "username": "y"}]
)
def test_nobody_is_seated_by_mistake(
    make: Make, client: Client, lab: Lab, given: dict[str, str]
) -> None:
    made = audits.watch(make, lab, seats=0, certified=False)
    make.actor(lab, Role.MEMBER)
    sign_in(client, made.facilitator)

    assert client.post(f"/labs/{lab.slug}/committees/1/seat", data=given).status_code == 422
    assert _count(Seat) == 0


def test_a_neighbour_without_an_account_is_seated_and_unseated(
    make: Make, client: Client, lab: Lab
) -> None:
    made = audits.watch(make, lab, seats=0, certified=False)
    neighbour = make.actor(lab, Role.MEMBER).person_id
    sign_in(client, made.facilitator)
    base = f"/labs/{lab.slug}/committees/1"

    assert client.post(f"{base}/seat", data={"member": str(neighbour)}).status_code == 302
    assert client.post(f"{base}/seats/{neighbour}/unseat").status_code == 302
    assert client.post(f"{base}/seats/{neighbour}/unseat").status_code == 404


def test_an_acceptance_in_silence_comes_back_and_a_reason_is_public(
    make: Make, client: Client, lab: Lab
) -> None:
    made = audits.watch(make, lab)
    made.work.starts_on = local_day(utcnow())
    made.work.ends_on = made.work.starts_on
    sign_in(client, made.facilitator)
    page = f"/labs/{lab.slug}/works/1/accept"

    assert client.post(page, data={"accepted_on": _today()}).status_code == 422
    client.post(page, data={"accepted_on": _today(), "reason": "Se necesita el agua"})

    shown = client.get(f"/labs/{lab.slug}/works/1/").text
    assert "Se necesita el agua" in shown
    assert not re.search(r"works/1/accept", shown)


def test_committees_of_every_lab_stand_in_one_list(make: Make, client: Client, lab: Lab) -> None:
    audits.watch(make, lab)
    audits.watch(make, make.lab(Stage.FOLLOWUP), seats=4, certified=False)

    page = client.get("/committees/").text

    assert page.count("app-card") == 3
    assert "En formación" in page
