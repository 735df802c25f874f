"""What the holder of a code sees and may still do."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from labapp.db import db
from labapp.domain.policy import Role
from labapp.domain.removal_code import RemovalCode
from labapp.files.models import StoredFile
from labapp.problems import service
from labapp.problems.models import ProblemState
from labapp.record.acting import Acting
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.problems.make import problem


def picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (20, 10), "green").save(out, "JPEG")
    out.seek(0)
    return out


def status(client: Client, url: str) -> int:
    with client.get(url) as answer:
        return answer.status_code


def test_a_code_is_found_however_it_is_typed(client: Client, make: Make) -> None:
    row = problem(make, make.lab(), published=False)
    code = row.thing.code or ""
    typed = f" {code[:5].lower()} - {code[5:].lower()} ".replace("q", "0")

    answer = client.get("/c/", query_string={"code": typed})

    assert answer.location == f"/c/{code}"
    assert client.get("/c/").status_code == 200


@pytest.mark.parametrize("typed", ["ZZZZZZZZZZ", "<b>x</b>", "a\0b", "💧", "x" * 500])
def test_a_code_that_leads_nowhere_is_told_so(client: Client, make: Make, typed: str) -> None:
    problem(make, make.lab())

    page = client.get("/c/", query_string={"code": typed})

    assert page.status_code == 404
    assert "<b>x" not in page.text


def test_unpublished_words_stand_behind_the_code_alone(client: Client, make: Make) -> None:
    row = problem(make, make.lab(), published=False)

    assert row.what in client.get(f"/c/{row.thing.code}").text
    assert client.get("/c/ABCDEFGHJK").status_code == 404


def test_details_and_a_photo_are_added_afterwards(client: Client, make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)
    code = row.thing.code
    neighbour = make.actor(lab)

    answer = client.post(
        f"/c/{code}/details",
        data={"since": "dos años", "affects": "60 casas", "photo": (picture(), "a.jpg")},
    )

    stored = db.session.scalars(select(StoredFile)).one()
    assert answer.location == f"/c/{code}"
    assert (row.since, row.affects, stored.thing_id) == ("dos años", "60 casas", row.id)
    assert status(client, f"/c/{code}/photos/{stored.id}") == 200
    received = f"/labs/{lab.slug}/problems/received/{row.id}/photos/{stored.id}"
    public = f"/labs/{lab.slug}/problems/1/photos/{stored.id}"
    assert status(client, public) == 404
    sign_in(client, neighbour)
    assert status(client, received) == 403
    facilitator = make.actor(lab, Role.FACILITATOR)
    sign_in(client, facilitator)
    assert status(client, received) == 200
    assert status(client, public) == 404
    service.publish(Acting(lab, facilitator, NOW), problem=row)
    assert status(client, public) == 200
    assert status(client, f"{public}9") == 404


@pytest.mark.parametrize("sent", [b"%PDF-1.4 x", b"GIF89a nothing", b"<svg/>"])
def test_a_file_that_is_no_photo_is_refused_and_nothing_is_lost(
    client: Client, make: Make, sent: bytes
) -> None:
    row = problem(make, make.lab(), published=False)

    answer = client.post(
        f"/c/{row.thing.code}/details",
        data={"since": "dos años", "photo": (BytesIO(sent), "foto.jpg")},
    )

    assert 400 <= answer.status_code < 500
    assert "dos años" in answer.text
    assert db.session.scalars(select(StoredFile)).all() == []


def test_nothing_is_added_once_somebody_decided(client: Client, make: Make) -> None:
    row = problem(make, make.lab())

    answer = client.post(f"/c/{row.thing.code}/details", data={"since": "dos años"})

    assert answer.status_code == 409
    assert row.since == ""


def test_whoever_holds_the_code_reads_the_reason_and_sends_it_again(
    client: Client, make: Make
) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False, what="Arreglen eso.")
    actor = make.actor(lab, Role.FACILITATOR)
    service.give_back(Acting(lab, actor, NOW), problem=row, words="Cuéntenos qué pasa.")
    url = f"/c/{row.thing.code}"

    page = client.get(url).text
    bad = client.post(f"{url}/correct", data={"what": "", "where": "Aquí"})
    client.post(f"{url}/correct", data={"what": "El tanque gotea.", "where": "Aquí"})

    assert "Cuéntenos qué pasa." in page
    assert "Arreglen eso." in page
    assert bad.status_code == 422
    assert row.state is ProblemState.SENT
    assert row.what == "El tanque gotea."


def test_every_state_has_its_page(client: Client, make: Make) -> None:
    lab = make.lab()
    actor = make.actor(lab, Role.FACILITATOR)
    first = problem(make, lab)
    rejected, merged = (problem(make, lab, published=False) for _ in range(2))
    service.reject(
        Acting(lab, actor, NOW),
        problem=rejected,
        code=RemovalCode.NAMES_PERSON,
        words="Señala a alguien.",
    )
    service.merge(Acting(lab, actor, NOW), problem=merged, into=first, reason="Es lo mismo.")

    for row, words in ((first, "Se publicó"), (rejected, "Señala"), (merged, "Es lo mismo.")):
        page = client.get(f"/c/{row.thing.code}")
        assert page.status_code == 200
        assert words in page.text


def test_the_code_offers_what_others_said_alike(client: Client, make: Make) -> None:
    lab = make.lab()
    problem(make, lab)
    row = problem(make, lab, published=False, what="El agua llega de color chocolate")

    page = client.get(f"/c/{row.thing.code}").text

    assert f"/labs/{lab.slug}/problems/1/support" in page
