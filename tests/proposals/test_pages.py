"""Pages of proposals: who enters, what they show, and what a draft hides."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import func, insert, select

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.domain.policy import Actor, Role
from labapp.domain.proposal import ProposalState
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.proposals.models import Opinion, Proposal, Version
from labapp.thread.models import Thing
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.proposals import make as rows
from tests.sessions import make as sessions
from tests.statements import Statements

FORM = {
    "problem": "1",
    "title": "Reparar el tanque 💧",
    "body": "Losa <b>y</b> tapas",
    "once": "a-mark-of-the-form-1",
}
OPINION = {
    "feasible": "feasible",
    "cost": "B/. 4,800",
    "competent": "Junta Comunal (ejemplo)",
    "given_by": "Ingeniera de la alcaldía",
    "reasons": "Se puede en un mes.",
}
REFUSAL = {
    "decision": "out_of_scope",
    "reason": "Le toca a otra entidad.",
    "office": "Equipo de facilitación",
    "signer": "Facilitador",
}


def ideas(make: Make, client: Client, role: Role = Role.MEMBER) -> tuple[Lab, Actor]:
    """Return a lab with a problem, looking for solutions, and who is signed in."""
    lab = make.lab(Stage.IDEATION)
    rows.problem(make, lab)
    actor = make.actor(lab, role)
    sign_in(client, actor)
    return lab, actor


def test_a_proposal_is_written_sent_and_admitted_in_the_browser(make: Make, client: Client) -> None:
    lab, author = ideas(make, client)
    facilitator = make.actor(lab, Role.FACILITATOR)
    at = f"/labs/{lab.slug}/proposals/"

    assert 'value="1" checked' in client.get(f"{at}new?from=1").text
    assert client.post(f"{at}new?from=1", data=FORM).location == f"{at}1/"
    client.post(f"{at}1/edit", data={**FORM, "once": "", "version": "1", "body": "Losa vieja"})
    client.post(f"{at}1/send")
    sign_in(client, facilitator)
    client.post(f"{at}1/publish")
    sign_in(client, author)
    client.post(
        f"{at}1/edit",
        data={"version": "1", "title": "Reparar", "body": "Losa nueva", "change": "Otra losa"},
    )
    sign_in(client, facilitator)
    client.post(f"{at}1/new-version/publish")
    client.post(f"{at}1/opinion", data=OPINION)
    assert "Admitir a votación" in client.get(f"{at}1/").text
    client.post(f"{at}1/admit")
    with client.session_transaction() as cookie:
        cookie.clear()
    shown = client.get(f"{at}1/").text
    changed = client.get(f"{at}1/versions/2").text

    assert "Va a votación" in shown
    assert "4,800" in shown
    assert "Otra losa" in shown
    assert "<del>vieja</del> <ins>nueva</ins>" in changed
    assert "4,800" in client.get(at).text


def test_a_proposal_written_twice_is_one(make: Make, client: Client) -> None:
    lab, _author = ideas(make, client)

    for _ in range(2):
        client.post(f"/labs/{lab.slug}/proposals/new", data=FORM)

    assert db.session.scalar(select(func.count()).select_from(Proposal)) == 1


def test_a_proposal_may_come_from_a_contribution_alone(make: Make, client: Client) -> None:
    lab, _author = ideas(make, client)
    sessions.contribution(make, lab, text="Cercar la toma")
    at = f"/labs/{lab.slug}/proposals/"

    assert "Cercar la toma" in client.get(f"{at}new?contribution=1").text
    client.post(f"{at}new?contribution=1", data={**FORM, "problem": ""})

    assert "Cercar la toma" in client.get(f"{at}1/").text
    assert client.get(f"{at}new?contribution=2").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"problem": ""},
        {"problem": "7"},
        {"problem": "9" * 30},
        {"title": ""},
        {"title": "x" * 141},
        {"body": "x" * 5001},
        {"body": "a\0b"},
    ],
    ids=lambda wrong: f"{next(iter(wrong.items()))}"[:24],
)
def test_a_wrong_proposal_comes_back(make: Make, client: Client, wrong: dict[str, str]) -> None:
    lab, _author = ideas(make, client)

    answer = client.post(f"/labs/{lab.slug}/proposals/new", data=FORM | wrong)

    assert answer.status_code == 422
    assert "tanque" in answer.text or "title" in wrong


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("opinion", OPINION | {"feasible": "perhaps"}),
        ("opinion", OPINION | {"cost": "-5"}),
        ("opinion", OPINION | {"reasons": ""}),
        ("refuse", REFUSAL | {"reason": ""}),
        ("refuse", REFUSAL | {"decision": "incorporated"}),
    ],
)
def test_a_wrong_study_comes_back(
    make: Make, client: Client, page: str, form: dict[str, str]
) -> None:
    lab, _facilitator = ideas(make, client, Role.FACILITATOR)
    rows.proposal(make, lab)

    answer = client.post(f"/labs/{lab.slug}/proposals/1/{page}", data=form)

    assert answer.status_code == 422


def test_markup_is_shown_as_text(make: Make, client: Client) -> None:
    lab, _author = ideas(make, client)
    lab.proposals_at_once = True
    db.session.commit()
    at = f"/labs/{lab.slug}/proposals/"

    client.post(f"{at}new", data=FORM | {"title": "<script>alert(1)</script>"})
    client.post(f"{at}1/send")

    for page in (at, f"{at}1/", f"{at}1/versions/1"):
        assert "<script>" not in client.get(page).text
        assert "<b>y</b>" not in client.get(page).text


@pytest.mark.parametrize(
    "role", [None, Role.MEMBER, Role.FACILITATOR, Role.REVIEWER, Role.ADMINISTRATOR]
)
def test_a_draft_is_there_for_its_author_alone(
    make: Make, client: Client, role: Role | None
) -> None:
    lab = make.lab(Stage.IDEATION)
    author = make.actor(lab, Role.MEMBER)
    rows.proposal(make, lab, author_id=author.person_id, state=ProposalState.DRAFT, title="Secreta")
    at = f"/labs/{lab.slug}/proposals/"
    if role:
        sign_in(client, make.actor(lab, role))

    for page in ("1/", "1/versions/1"):
        assert client.get(at + page).status_code == 404
    for page in ("1/edit", "1/opinion", "1/refuse", "1/answer"):
        assert client.get(at + page).status_code in (302, 401, 403, 404)
    assert client.post(f"{at}1/send").status_code in (302, 401, 403, 404)
    assert "Secreta" not in client.get(at).text
    sign_in(client, author)
    assert "Secreta" in client.get(at).text
    assert "Enviar la propuesta" in client.get(f"{at}1/").text


@pytest.mark.parametrize("page", ["edit", "opinion", "refuse"])
def test_each_page_opens_to_whose_step_it_is(make: Make, client: Client, page: str) -> None:
    lab, author = ideas(make, client)
    rows.proposal(make, lab, author_id=author.person_id)
    at = f"/labs/{lab.slug}/proposals/1/{page}"
    mine = client.get(at).status_code
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    theirs = client.get(at).status_code
    sign_in(client, make.actor(make.lab(Stage.IDEATION), Role.FACILITATOR))
    stranger = client.get(at).status_code

    assert (mine, theirs) == ((200, 403) if page == "edit" else (403, 200))
    assert stranger == 403


def test_acts_out_of_turn_are_told_so(make: Make, client: Client) -> None:
    lab, _facilitator = ideas(make, client, Role.FACILITATOR)
    rows.proposal(make, lab, state=ProposalState.ADMITTED)
    rows.proposal(make, lab)
    at = f"/labs/{lab.slug}/proposals/"

    assert client.post(f"{at}1/admit").status_code == 409
    assert client.post(f"{at}1/refuse", data=REFUSAL).status_code == 409
    assert client.post(f"{at}2/admit").status_code == 409
    assert client.post(f"{at}2/send").status_code == 403
    assert client.post(f"{at}9/admit").status_code == 404


def test_the_list_costs_the_same_with_a_thousand_proposals(
    make: Make,
    client: Client,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    lab = make.lab(Stage.IDEATION)
    for _ in range(10):
        rows.proposal(make, lab, state=ProposalState.ADMITTED)
    at = f"/labs/{lab.slug}/proposals/"
    client.get(at)
    with statements() as few:
        client.get(at)
    _many(lab)
    with statements() as many:
        first = client.get(at).text
    middle = client.get(f"{at}?after=500").text
    last = client.get(f"{at}?after=1000").text
    back = client.get(f"{at}?before=501").text

    assert many.count == few.count
    assert many.count <= 3
    assert "?after=25" in first
    assert 'rel="prev"' not in first
    assert f"{at}501/" in middle
    assert "?before=501" in middle
    assert "?after=525" in middle
    assert f"{at}1010/" in last
    assert 'rel="next"' not in last
    assert f"{at}476/" in back
    assert f"{at}500/" in back
    assert f"{at}501/" not in back
    assert "?before=476" in back
    assert 'rel="prev"' not in client.get(f"{at}?before=26").text


def _many(lab: Lab) -> None:
    """Add a thousand proposals with their opinions quickly."""
    things = [
        {
            "lab_id": lab.id,
            "kind": Kind.PROPOSAL,
            "number": n,
            "title": f"Propuesta {n}",
            "state": "sent",
            "published_at": NOW,
            "lang": "es",
        }
        for n in range(11, 1011)
    ]
    ids = db.session.scalars(insert(Thing).returning(Thing.id), things).all()
    proposals = [
        {
            "id": i,
            "version": 1,
            "written_at": NOW,
            "sent_at": NOW,
            "published_at": NOW,
            "reason": "",
        }
        for i in ids
    ]
    db.session.execute(insert(Proposal), proposals)
    told = {"number": 1, "title": "T", "body": "B", "written_at": NOW, "shown_at": NOW}
    db.session.execute(insert(Version), [{"proposal_id": i, **told} for i in ids])
    said = {"feasible": "feasible", "cost": 5, "competent": "", "given_by": "", "reasons": ""}
    opinions = [{"proposal_id": i, "given_at": NOW, **said} for i in ids]
    db.session.execute(insert(Opinion), opinions)
    db.session.commit()
