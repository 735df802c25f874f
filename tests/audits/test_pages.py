"""Pages of works, committees, visits and findings: doors, forms and bad input."""

import re

import pytest
from sqlalchemy import func, select

from labapp.audits import queries
from labapp.audits.models import Finding, Seat, Work
from labapp.db import db, utcnow
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from tests.audits import make as audits
from tests.client import Client
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
        f"{base}/committees/new?work=1",
        data={"name": "Ojos del Agua", "chosen_how": "Reunión 2", "chosen_in": "otherwise"},
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


def test_an_announced_work_says_what_and_by_whom(make: Make, client: Client, lab: Lab) -> None:
    base = f"/labs/{lab.slug}"
    by = make.organization()
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    work = {
        "agreement": "announced",
        "reference": "EJ-OBRA-02",
        "contractor": "Constructora de ejemplo",
        "cost": "6800",
        "starts_on": _today(),
        "ends_on": _today(),
    }

    refused = client.post(f"{base}/works/new", data=work)
    named = {"title": "Reparar el puente", "announced_by": str(by.id)}
    taken = client.post(f"{base}/works/new", data=work | named)

    assert (refused.status_code, _count(Work)) == (422, 1)
    assert taken.headers["Location"] == f"{base}/works/1/"
    page = client.get(f"{base}/works/1/").text
    assert "Reparar el puente" in page
    assert by.name in page
    formed = client.post(
        f"{base}/committees/new?work=1",
        data={"name": "Ojos", "chosen_how": "Reunión 2", "chosen_in": "otherwise"},
    )
    assert by.name in client.get(formed.headers["Location"]).text


def test_an_agreement_leads_to_its_work_alone(make: Make, client: Client, lab: Lab) -> None:
    agreement = audits.agreement(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    at, number = f"/labs/{lab.slug}/agreements/1/", agreement.thing.number
    assert "Anotar la obra pública" in client.get(at).text

    page = client.get(f"/labs/{lab.slug}/works/new?agreement={number}").text

    assert 'name="agreement"' in page
    assert 'name="announced_by"' not in page
    audits.work(make, lab, of=agreement)
    assert "Anotar la obra pública" not in client.get(at).text
    gone = client.get(f"/labs/{lab.slug}/works/new?agreement={number}")
    assert gone.location == f"/labs/{lab.slug}/works/"


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
    why = {"reason": "Se mudó"}
    assert client.post(f"{base}/seats/{neighbour}/unseat").status_code == 422
    assert client.post(f"{base}/seats/{neighbour}/unseat", data=why).status_code == 302
    assert client.post(f"{base}/seats/{neighbour}/unseat", data=why).status_code == 404


def test_an_acceptance_in_silence_comes_back_and_a_reason_is_public(
    make: Make, client: Client, lab: Lab
) -> None:
    made = audits.watch(make, lab)
    made.work.starts_on = local_day(utcnow())
    made.work.ends_on = made.work.starts_on
    work, day = f"/labs/{lab.slug}/works/1", {"accepted_on": _today()}
    sign_in(client, made.facilitator)
    assert client.post(f"{work}/accept", data=day).status_code == 409
    sign_in(client, made.reviewer)
    assert client.post(f"{work}/excuse-report").status_code == 422
    client.post(f"{work}/excuse-report", data={"reason": "Se necesita el agua"})
    sign_in(client, made.facilitator)
    client.post(f"{work}/accept", data=day)

    shown = client.get(f"/labs/{lab.slug}/works/1/").text
    assert "Se necesita el agua" in shown
    assert not re.search(r"works/1/accept", shown)


def test_committees_of_every_lab_stand_in_one_list(make: Make, client: Client, lab: Lab) -> None:
    audits.watch(make, lab)
    audits.watch(make, make.lab(Stage.FOLLOWUP), seats=4, certified=False)

    page = client.get("/committees/").text

    assert page.count("app-card") == 3
    assert "En formación" in page
