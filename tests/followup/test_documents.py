"""Pages of evidence: what the public sees of it, and what those inside see."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from labapp.db import db
from labapp.domain.errors import Conflict
from labapp.domain.policy import Role
from labapp.domain.removal_code import RemovalCode
from labapp.domain.stage import Stage
from labapp.files import service as files
from labapp.files.pdf_copy import public_copy
from labapp.files.views import folder
from labapp.followup import service
from labapp.followup.models import Evidence, Milestone
from labapp.followup.service.evidence import Attests
from labapp.labs.models import Lab
from labapp.organizations.models import Organization
from labapp.record.acting import Acting
from tests.client import Client
from tests.files.make import CASES, PDF, pdf, photo
from tests.followup.make import agreement, step_of
from tests.make import NOW, Make, sign_in

AUTHOR = "Vecina de Ejemplo"
SIGNED = pdf(f"<</Author({AUTHOR})>>", trailer="/Info 5 0 R")
WHY = "Tiene nombres"


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


@pytest.fixture
def body(make: Make, lab: Lab) -> Organization:
    body = make.organization()
    agreement(make, lab, organization=body)
    return body


@pytest.fixture
def at(make: Make, lab: Lab, body: Organization, client: Client) -> str:
    """Return where the lab stands, for its entity, who is signed in."""
    sign_in(client, make.actor(lab, Role.RESPONSIBLE, organization=body))
    return f"/labs/{lab.slug}/"


def send(client: Client, at: str, sent: bytes, **more: str) -> int:
    data = {"file": (BytesIO(sent), "Cédula de Ana Pérez.pdf"), "caption": "La lista", **more}
    return client.post(f"{at}milestones/1/evidence", data=data).status_code


def reserve(client: Client, at: str, sent: bytes = SIGNED) -> None:
    assert send(client, at, sent, reserved="yes", withheld_why=WHY) == 302


def only() -> Evidence:
    return db.session.scalars(select(Evidence)).one()


@pytest.mark.parametrize("sent", [SIGNED, photo(gps=True)], ids=["pdf", "photo"])
def test_the_public_downloads_a_copy_without_author_or_name_and_not_the_original(
    client: Client, at: str, sent: bytes
) -> None:
    assert send(client, at, sent) == 302
    client.sign_out()

    page = client.get(f"{at}documents/1/")
    copy = client.get(f"{at}documents/1/file", buffered=True)

    assert copy.status_code == 200
    assert "filename=evidencia-1." in copy.headers["Content-Disposition"]
    for told in (AUTHOR.encode(), b"Maker", b"Exif"):
        assert told not in copy.data
    assert sha256(sent).hexdigest() not in page.text
    assert "original" not in page.text
    assert client.get(f"{at}documents/1/original").status_code == 404
    assert "Pérez" not in page.text + client.get(f"{at}milestones/1/").text


@pytest.mark.parametrize("sent", [SIGNED, photo("PNG")], ids=["pdf", "photo"])
@pytest.mark.parametrize("reserved", [False, True])
def test_whoever_may_see_what_is_reserved_downloads_the_original(
    make: Make, client: Client, lab: Lab, at: str, sent: bytes, *, reserved: bool
) -> None:
    if reserved:
        reserve(client, at, sent)
    else:
        assert send(client, at, sent) == 302

    for role in (None, Role.FACILITATOR, Role.REVIEWER):
        if role is not None:
            sign_in(client, make.actor(lab, role))
        original = client.get(f"{at}documents/1/original", buffered=True)
        assert original.data == sent
        assert original.headers["Content-Disposition"].startswith("attachment; filename=original-")
        assert "no-store" in original.headers["Cache-Control"]
        assert original.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in original.headers["Content-Security-Policy"]
        assert client.get(f"{at}documents/1/").text.count("/original") == 1


def test_the_public_sees_that_reserved_evidence_is_there_and_why_it_is_not_shown(
    make: Make, client: Client, lab: Lab, at: str
) -> None:
    reserve(client, at)

    others = make.actor(lab, Role.MEMBER, Role.RESPONSIBLE), make.actor(lab, Role.COMMITTEE), None
    for other in others:
        if other is None:
            client.sign_out()
        else:
            sign_in(client, other)
        for path in ("agreements/1/", "milestones/1/", "documents/1/", "documents/1/thread"):
            page = client.get(at + path)
            assert page.status_code == 200
            assert WHY in page.text, path
            assert "La lista" not in page.text, path
            assert "/file" not in page.text, path
        for path in ("agreements/1/thread", "milestones/1/thread", "documents/1/thread"):
            assert f"reservada, motivo: {WHY}" in client.get(at + path).text
        assert "Prueba reservada" in client.get(f"{at}milestones/1/").text
        assert "la muestra la entidad" in client.get(f"{at}documents/1/").text
        for path in ("documents/1/file", "documents/1/original"):
            assert client.get(at + path).status_code == 404


def test_the_entity_and_the_team_see_what_is_reserved(
    make: Make, client: Client, lab: Lab, at: str
) -> None:
    reserve(client, at)

    for role in (None, Role.FACILITATOR, Role.REVIEWER):
        if role is not None:
            sign_in(client, make.actor(lab, role))
        for path in ("agreements/1/", "milestones/1/", "documents/1/"):
            assert "La lista" in client.get(at + path).text
        assert client.get(f"{at}documents/1/file", buffered=True).data == public_copy(SIGNED)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("g18_five_bytes.pdf", "no se abre"),
        ("g20_locked.pdf", "pide una contraseña"),
        ("g37_cut.pdf", "está cortado"),
    ],
)
@pytest.mark.parametrize("act", ["evidence", "declare"])
def test_evidence_that_does_not_open_is_refused_with_one_sentence_and_nothing_is_lost(
    client: Client, at: str, name: str, says: str, act: str
) -> None:
    form = {"percent": "100", "note": "La losa está", "caption": "Factura 12"}
    file = (BytesIO((CASES / name).read_bytes()), name)
    before = on_disk(client)

    answer = client.post(f"{at}milestones/1/{act}", data={**form, "file": file})

    assert answer.status_code == 422
    assert answer.text.count(says) == 2, "in the summary and beside the question"
    assert "Factura 12" in answer.text
    assert act == "evidence" or "La losa está" in answer.text
    assert db.session.scalars(select(Evidence)).all() == []
    assert db.session.scalars(select(Milestone)).one().declared == 0
    assert on_disk(client) == before


def on_disk(client: Client) -> set[Path]:
    with client.application.app_context():
        return set(folder().rglob("*"))


@pytest.mark.parametrize("name", ["g19_bom.pdf", "g21_author.pdf", "g17_no_last_two_bytes.jpg"])
def test_what_readers_and_browsers_open_is_taken(client: Client, at: str, name: str) -> None:
    assert send(client, at, (CASES / name).read_bytes()) == 302


def test_what_is_taken_away_takes_its_original_along(
    make: Make, client: Client, lab: Lab, at: str
) -> None:
    assert send(client, at, SIGNED) == 302
    files.remove(only().file, code=RemovalCode.LAW, now=NOW)
    db.session.commit()

    for path in ("documents/1/file", "documents/1/original"):
        assert client.get(at + path).status_code == 410
    assert "/original" not in client.get(f"{at}documents/1/").text


def test_the_record_keeps_the_hash_of_both(client: Client, at: str) -> None:
    assert send(client, at, SIGNED) == 302

    file = only().file
    assert file.original_sha256 == sha256(SIGNED).hexdigest()
    assert file.sha256 == sha256(public_copy(SIGNED)).hexdigest()


def test_a_draft_has_no_evidence(make: Make, lab: Lab, tmp_path: Path) -> None:
    body = make.organization()
    draft = agreement(make, lab, step_of("Losa"), organization=body, accepted=False)
    acting = Acting(lab, make.actor(lab, Role.RESPONSIBLE, organization=body), NOW)

    with pytest.raises(Conflict):
        service.add_evidence(
            acting,
            draft.milestones[0],
            proof=service.Proof(PDF),
            attested_by=Attests.ENTITY,
            folder=tmp_path,
        )

    assert not list(tmp_path.iterdir())
