"""Pages of letters and agreements: doors, forms, and the two bars."""

import re
from io import BytesIO

import pytest

from labapp.db import utcnow
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from tests.client import Client
from tests.files.make import photo
from tests.followup.make import agreement, letter, source
from tests.make import Make, sign_in

HTML = "<script>alert(1)</script> 😀 ' OR 1=1 --"


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _today() -> str:
    return local_day(utcnow()).isoformat()


FACILITATORS = ("letters/new", "agreements/new", "agreements/1/steps", "letters/1/links")
PUBLIC = ("letters/", "letters/1/", "agreements/", "agreements/1/", "milestones/1/")


@pytest.mark.parametrize("path", PUBLIC)
def test_anyone_reads_what_is_published(make: Make, client: Client, lab: Lab, path: str) -> None:
    letter(make, lab)
    agreement(make, lab, has_work=True)

    assert client.get(f"/labs/{lab.slug}/{path}").status_code == 200


@pytest.mark.parametrize("path", FACILITATORS)
def test_a_facilitators_page_has_its_doors(make: Make, client: Client, lab: Lab, path: str) -> None:
    letter(make, lab)
    agreement(make, lab, accepted=False)
    page = f"/labs/{lab.slug}/{path}"

    visitor = client.get(page).status_code
    sign_in(client, make.person())
    stranger = client.get(page).status_code
    who = make.actor(lab, Role.FACILITATOR)
    sign_in(client, who)
    right = client.get(page).status_code
    lab.stage = Stage.CALL
    wrong_stage = client.get(page).status_code

    assert visitor in (302, 401)
    assert (stranger, right, wrong_stage) == (403, 200, 403)


def test_a_draft_is_nowhere_for_the_public(make: Make, client: Client, lab: Lab) -> None:
    agreement(make, lab, accepted=False)

    for path in ("agreements/1/", "milestones/1/"):
        assert client.get(f"/labs/{lab.slug}/{path}").status_code == 404
    assert "Reparar el tanque" not in client.get(f"/labs/{lab.slug}/agreements/").text
    other = make.actor(lab, Role.RESPONSIBLE)
    sign_in(client, other)
    assert client.get(f"/labs/{lab.slug}/agreements/1/").status_code == 404


def test_another_labs_number_leads_nowhere(make: Make, client: Client, lab: Lab) -> None:
    letter(make, lab)
    other = make.lab(Stage.FOLLOWUP)

    assert client.get(f"/labs/{other.slug}/letters/1/").status_code == 404
    assert client.get(f"/labs/{lab.slug}/letters/99999999999999999999/").status_code == 404


def test_from_a_proposal_to_two_bars(make: Make, client: Client, lab: Lab) -> None:
    body = make.organization()
    source(lab, title="Reparar el tanque")
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    at = f"/labs/{lab.slug}"
    sent = client.post(
        f"{at}/letters/new?from=proposal-1",
        data={
            "source": "proposal-1",
            "organization": body.id,
            "text": "Pedimos esto.",
            "reference": "EJ-C-01",
            "presented_on": _today(),
        },
    )
    answered = client.post(
        f"{at}/letters/1/answer",
        data={"answer": "accepted", "text": "Sí.", "answered_on": _today()},
    )
    drafted = client.post(
        f"{at}/agreements/new?from=letter-1",
        data={
            "source": "letter-1",
            "organization": body.id,
            "what": "Reparar el tanque",
            "cost": "4,800",
        },
    )
    stepped = client.post(
        f"{at}/agreements/1/steps",
        data={"title": "Losa", "due_on": "2030-01-01", "asks": "¿Losa?\n\n¿Limpio?\n"},
    )
    accepted = client.post(
        f"{at}/agreements/1/accept", data={"by": "letter-1", "accepted_on": _today()}
    )

    assert [sent.status_code, answered.status_code, drafted.status_code] == [302, 302, 302]
    assert [stepped.status_code, accepted.status_code] == [302, 302]
    page = client.get(f"{at}/agreements/1/").text
    assert page.count("¿Losa?") == page.count("¿Limpio?") == 1
    assert page.count("app-bars") == 1
    assert "Carta 1" in page


def test_the_entity_declares_and_two_neighbours_look(make: Make, client: Client, lab: Lab) -> None:
    body = make.organization()
    made = agreement(make, lab, organization=body)
    entity = make.actor(lab, Role.RESPONSIBLE, organization=body)
    at = f"/labs/{lab.slug}/milestones/1"

    sign_in(client, entity)
    bare = client.post(f"{at}/declare", data={"percent": "100"})
    full = client.post(
        f"{at}/declare",
        data={"percent": "100", "note": HTML, "file": (BytesIO(photo(gps=True)), "foto.jpg")},
    )
    itself = client.get(f"{at}/confirm").status_code
    looks = []
    for _ in range(2):
        sign_in(client, make.actor(lab, Role.MEMBER))
        form = {f"q{q.id}": "yes" for q in made.milestones[0].questions}
        looks.append(client.post(f"{at}/confirm", data=form).status_code)

    assert (bare.status_code, full.status_code, itself) == (422, 302, 403)
    assert looks == [302, 302]
    page = client.get(f"/labs/{lab.slug}/agreements/1/")
    assert "<script>alert" not in page.text
    assert re.search(r"app-bar__saw\" width=\"100%", page.text)
    assert client.get(f"/labs/{lab.slug}/documents/1/").status_code == 200
    assert (
        client.get(f"/labs/{lab.slug}/documents/1/file", buffered=True).data[:3] == b"\xff\xd8\xff"
    )
    assert client.get(f"{at}/").status_code == 200
