"""Documents kept as they came before have no public copy until the command makes it."""

from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from labapp.cli.documents import copy
from labapp.db import db
from labapp.domain.acts import Act
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.files import service as files
from labapp.files.models import StoredFile
from labapp.files.pdf_copy import public_copy
from labapp.followup import service as followup
from labapp.followup.service.evidence import Attests
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.record.models import Entry
from tests.client import Client
from tests.files.make import CASES, PDF
from tests.followup.make import agreement
from tests.make import NOW, Make, sign_in

#: As it came, and whether it opens.
BEFORE = ((PDF, True), ((CASES / "g37_cut.pdf").read_bytes(), False))


@pytest.fixture
def lab(make: Make, client: Client) -> Lab:
    """Return a lab whose documents stand as the migration leaves those of before."""
    lab = make.lab(Stage.FOLLOWUP)
    body = make.organization()
    step = agreement(make, lab, organization=body).milestones[0]
    entity = make.actor(lab, Role.RESPONSIBLE, organization=body)
    folder = Path(client.application.config["INSTANCE"]) / "files"
    for sent, _opens in BEFORE:
        evidence = followup.add_evidence(
            Acting(lab, entity, NOW),
            step,
            proof=followup.Proof(PDF, "Acta"),
            attested_by=Attests.ENTITY,
            folder=folder,
        )
        files.keep_original(evidence.file, sent, folder=folder)
        evidence.file.sha256 = sha256(sent).hexdigest()
    db.session.commit()
    return lab


def test_the_public_has_no_document_that_was_not_copied_and_those_inside_have_the_original(
    make: Make, client: Client, lab: Lab
) -> None:
    at = f"/labs/{lab.slug}/documents/1/"
    public = client.get(f"{at}file").status_code, client.get(at).text

    sign_in(client, make.actor(lab, Role.FACILITATOR))

    assert public[0] == 404
    assert "Todavía no hay copia pública" in public[1]
    assert client.get(f"{at}original", buffered=True).data == PDF


def test_the_command_makes_copies_and_names_what_does_not_open(client: Client, lab: Lab) -> None:
    runs = [client.application.test_cli_runner().invoke(copy) for _ in range(2)]

    assert [run.exit_code for run in runs] == [0, 0]
    assert [run.output.count("documents/2: That PDF is cut") for run in runs] == [1, 1]
    assert [run.output.splitlines()[-1][:2] for run in runs] == ["1 ", "0 "]
    at = f"/labs/{lab.slug}/documents"
    assert client.get(f"{at}/1/file", buffered=True).data == public_copy(PDF)
    assert client.get(f"{at}/2/file").status_code == 404
    first = db.session.scalars(select(StoredFile).order_by(StoredFile.id)).first()
    assert first is not None
    entry = db.session.scalars(select(Entry).where(Entry.act == Act.EVIDENCE_COPY)).one()
    assert entry.thing_id == first.thing_id
    assert first.sha256 in entry.after
