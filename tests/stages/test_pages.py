"""The page that answers what is missing, and the forms that move a lab."""

import pytest

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.domain.policy import Role
from labapp.domain.stage import LabKind, Stage
from labapp.domain.steps_ahead import steps_ahead
from labapp.domain.workflow import Facts
from labapp.thread import service as thread
from tests.client import Client
from tests.followup import make as followup
from tests.labs.make import sign_out
from tests.make import NOW, Make, sign_in

ONCE = "a-mark-of-this-form-123"


def test_a_facilitator_reads_what_is_missing_with_its_link(make: Make, client: Client) -> None:
    lab = make.lab(Stage.CALL)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    page = client.get(f"/labs/{lab.slug}/stages/").text

    assert "Recibir por lo menos un problema." in page
    assert f'href="/labs/{lab.slug}/problems/"' in page
    assert "stages/forward" not in page


def test_every_link_of_a_need_is_below_the_lab(make: Make) -> None:
    for stage in Stage:
        lab = make.lab(stage)
        for way in steps_ahead(stage, Facts(kind=lab.kind)):
            assert all(not lack.need.where.startswith("/") for lack in way.lacks)


@pytest.mark.parametrize("page", ["", "back", "stop", "close"])
def test_only_who_keeps_the_lab_sees_its_stages(make: Make, client: Client, page: str) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    address = f"/labs/{lab.slug}/stages/{page}"

    assert client.get(address).status_code == 302
    sign_in(client, make.actor(lab, Role.MEMBER))
    assert client.get(address).status_code == 403
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    assert client.get(address).status_code == 200


def test_a_lab_passes_to_the_next_stage(make: Make, client: Client) -> None:
    lab = make.lab(Stage.PREPARATION)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    sent = {"target": "call", "once": ONCE}

    answers = [client.post(f"/labs/{lab.slug}/stages/forward", data=sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert lab.stage is Stage.CALL


@pytest.mark.parametrize(
    ("target", "status"), [("closed", 409), ("followup", 409), ("", 404), ("\0", 404)]
)
def test_a_step_that_is_not_in_the_table_is_refused(
    make: Make, client: Client, target: str, status: int
) -> None:
    lab = make.lab(Stage.CALL)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    answer = client.post(f"/labs/{lab.slug}/stages/forward", data={"target": target})

    assert answer.status_code == status
    assert lab.stage is Stage.CALL


def test_a_stop_asks_for_its_reason(make: Make, client: Client) -> None:
    lab = make.lab(Stage.CALL)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    address = f"/labs/{lab.slug}/stages/stop"

    assert client.post(address, data={"target": "suspended"}).status_code == 422
    assert client.post(address, data={"target": "closed", "reason": "Sí"}).status_code == 422
    assert client.post(address, data={"target": "suspended", "reason": "Sí"}).status_code == 302
    assert lab.stage is Stage.SUSPENDED
    answer = client.post(f"/labs/{lab.slug}/stages/reopen", data={"target": "call", "reason": "Ya"})
    assert answer.status_code == 302
    assert str(lab.stage) == "call"


def test_a_close_with_things_owed_shows_them_to_everybody(make: Make, client: Client) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    letter = followup.letter(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    address = f"/labs/{lab.slug}/stages/close"
    said = {"reason": "No <b>contestó</b>", "letters_unanswered-reason": "La alcaldía cambió"}

    half = client.post(address, data={"letters_unanswered-reason": "La alcaldía cambió"})
    whole = client.post(address, data={**said, "owed_by": "Nadie", "review-owed_by": "Nadie"})

    assert (half.status_code, whole.status_code) == (422, 302)
    assert client.get(address).status_code == 302
    sign_out(client)
    assert "pide cerrar con pendientes" in client.get(f"/labs/{lab.slug}/").text
    assert client.post(f"/labs/{lab.slug}/debts/agree").status_code == 302
    sign_in(client, make.actor(lab, Role.REVIEWER))
    assert f"/labs/{lab.slug}/debts/" in client.get("/desk/").text
    assert client.post(f"/labs/{lab.slug}/debts/agree").status_code == 302
    assert lab.stage is Stage.CLOSED
    sign_out(client)
    for page in (f"/labs/{lab.slug}/", f"/labs/{lab.slug}/debts/"):
        shown = client.get(page).text
        assert f"Carta {letter.thing.number} · {letter.thing.title}" in shown
        assert f"/labs/{lab.slug}/letters/{letter.thing.number}/" in shown
        assert letter.organization.name in shown
        assert "La alcaldía cambió" in shown
        assert "No &lt;b&gt;contestó&lt;/b&gt;" in shown
        assert "Nadie" not in shown


def test_a_follow_up_lab_names_its_earlier_lab_and_problem(make: Make, client: Client) -> None:
    lab, earlier = make.lab(Stage.PREPARATION), make.lab(Stage.CLOSED)
    lab.kind = LabKind.FOLLOW_UP
    thread.add(
        Kind.PROBLEM, title="El agua", state="published", lab_id=earlier.id, published_at=NOW
    )
    thread.add(Kind.PROBLEM, title="Oculto", state="sent", lab_id=earlier.id)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    address = f"/labs/{lab.slug}/earlier"

    assert client.post(address, data={"search": "nada", "find": "1"}).status_code == 200
    for problem in ("2", "99", "x"):
        answer = client.post(address, data={"earlier": earlier.id, "problem": problem})
        assert answer.status_code == 422
    assert client.post(address, data={"earlier": lab.id}).status_code == 422
    assert client.post(address, data={"earlier": earlier.id, "problem": "1"}).status_code == 302
    db.session.refresh(lab)
    assert lab.earlier_lab_id == earlier.id
    sign_out(client)
    assert "El agua" in client.get(f"/labs/{lab.slug}/").text
