"""The doors of a lab's pages, the forms, and what they do with bad input."""

import pytest
from sqlalchemy import func, select

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.labs import queries
from labapp.labs.models import Lab
from labapp.labs.queries import lines
from tests.client import Client
from tests.labs.make import COMARCA, PLAIN, places, request, sign_out
from tests.make import Make, sign_in

ONCE = "a-mark-of-this-form-123"


def test_a_trusted_person_drafts_a_lab_and_antai_approves_it(make: Make, client: Client) -> None:
    places(make)
    sign_in(client, make.person(Role.TRUSTED))

    found = client.post("/labs/new", data={"name": "San Martín", "q": "martin", "look": "1"})
    drafted = client.post(
        "/labs/new",
        data={
            "name": "San Martín",
            "places": PLAIN,
            "kind": "new",
            "community": "El Cruce",
            "interests": "none",
        },
    )

    assert found.status_code == 200
    assert "San Martín, Panamá, Panamá" in found.text
    assert drafted.location == "/labs/san-martin/stages/"
    lab = db.session.scalars(select(Lab)).one()
    assert (lab.place_code, lab.community) == (PLAIN, "El Cruce")
    sign_out(client)
    assert client.get("/labs/san-martin/").status_code == 404
    sign_in(client, make.person(Role.REVIEWER))
    assert client.post("/labs/san-martin/approve").status_code == 302
    sign_out(client)
    assert client.get("/labs/san-martin/").status_code == 200


def test_a_draft_sent_twice_makes_one_lab(make: Make, client: Client) -> None:
    sign_in(client, make.person(Role.TRUSTED))
    sent = {"name": "San Miguel", "kind": "new", "interests": "none", "once": ONCE}

    first, second = client.post("/labs/new", data=sent), client.post("/labs/new", data=sent)

    assert first.location == second.location
    assert db.session.scalar(select(func.count()).select_from(Lab)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 141},
        {"name": "San\0Martín"},
        {"name": "San Martín", "kind": "other"},
        {"name": "San Martín", "places": "999999"},
        {"name": "San Martín", "places": "'; DROP TABLE lab; --"},
    ],
)
def test_what_will_not_do_comes_back_with_a_sentence(
    make: Make, client: Client, wrong: dict[str, str]
) -> None:
    sign_in(client, make.person(Role.TRUSTED))

    answer = client.post("/labs/new", data={"kind": "new", "interests": "none"} | wrong)

    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Lab)) == 0


def test_a_name_with_marks_of_a_page_is_text(make: Make, client: Client) -> None:
    lab = make.lab()
    lab.name = "<script>alert(1)</script> 💧"
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    for page in ("", "stages/", "people", "edit", "place", "allies", "approval", "join"):
        answer = client.get(f"/labs/{lab.slug}/{page}")

        assert answer.status_code == 200, page
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; 💧" in answer.text


@pytest.mark.parametrize(
    "page", ["edit", "place", "people", "people/register", "people/give", "allies", "authority"]
)
def test_only_a_facilitator_keeps_a_lab(make: Make, client: Client, page: str) -> None:
    lab = make.lab()
    address = f"/labs/{lab.slug}/{page}"

    assert client.get(address).status_code == 302
    sign_in(client, make.actor(lab, Role.MEMBER))
    assert client.get(address).status_code == 403
    sign_in(client, make.actor(make.lab(), Role.FACILITATOR))
    assert client.get(address).status_code == 403
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("page", ["edit", "place", "people", "allies", "join"])
def test_a_closed_lab_is_not_changed(make: Make, client: Client, page: str) -> None:
    lab = make.lab(Stage.CLOSED)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    assert client.get(f"/labs/{lab.slug}/{page}").status_code == 403


def test_a_neighbour_asks_to_join_and_is_admitted(make: Make, client: Client) -> None:
    lab = make.lab()
    neighbour = make.actor(lab)
    sign_in(client, neighbour)
    assert client.post(f"/labs/{lab.slug}/join", data={"words": "Aquí"}).status_code == 302
    asked = queries.waiting(lab.id)[0]
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    assert "Aquí" in client.get(f"/labs/{lab.slug}/people").text
    client.post(f"/labs/{lab.slug}/people/requests/{asked.id}/admit")

    assert queries.member_ids(lab.id) == [neighbour.person_id]


def test_a_request_of_another_lab_is_not_here(make: Make, client: Client) -> None:
    lab, elsewhere = make.lab(), request(make, make.lab())
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    for verb in ("admit", "refuse"):
        address = f"/labs/{lab.slug}/people/requests/{elsewhere.id}/{verb}"
        assert client.post(address, data={"reason": "No"}).status_code == 404
    assert client.post(f"/labs/{lab.slug}/people/requests/99999/admit").status_code == 404


def test_a_role_is_given_by_user_name(make: Make, client: Client) -> None:
    lab, body, engineer = make.lab(), make.organization(), make.person()
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    address = f"/labs/{lab.slug}/people/give"

    nobody = client.post(address, data={"username": "nadie", "role": "teller"})
    alone = client.post(address, data={"username": engineer.username, "role": "responsible"})
    wrong = client.post(address, data={"username": engineer.username, "role": "reviewer"})
    given = client.post(
        address,
        data={
            "username": str(engineer.username).upper(),
            "role": "responsible",
            "organization": body.id,
        },
    )

    codes = [answer.status_code for answer in (nobody, alone, wrong, given)]
    assert codes == [422, 422, 422, 302]
    assert queries.roles(lab.id, engineer.id) == {Role.RESPONSIBLE}


def test_a_neighbour_is_registered_only_when_seen(make: Make, client: Client) -> None:
    lab = make.lab()
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    before = db.session.scalar(select(func.count()).select_from(Person))
    address, sent = f"/labs/{lab.slug}/people/register", {"people": "Vecina 7", "once": ONCE}

    assert client.post(address, data={"people": "Vecina 7"}).status_code == 422
    for _ in range(2):
        assert client.post(address, data=sent | {"seen": "yes"}).status_code == 302

    assert db.session.scalar(select(func.count()).select_from(Person)) == (before or 0) + 1


def test_the_authority_of_a_comarca_is_recorded(make: Make, client: Client) -> None:
    places(make)
    lab = make.lab(Stage.PREPARATION)
    lab.place_code = COMARCA
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    sent = {"authority": "Congreso local", "agreed_on": "2026-03-01", "how": "Asamblea"}

    assert client.post(f"/labs/{lab.slug}/authority", data={}).status_code == 422
    assert client.post(f"/labs/{lab.slug}/authority", data=sent).status_code == 302
    assert "Congreso local" in client.get(f"/labs/{lab.slug}/authority").text
    assert client.post(f"/labs/{lab.slug}/authority", data=sent).status_code == 409


def test_members_are_listed_a_page_at_a_time(make: Make, client: Client) -> None:
    lab = make.lab()
    for _ in range(27):
        make.actor(lab, Role.MEMBER)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    first = client.get(f"/labs/{lab.slug}/people")

    assert "27 personas pueden" in first.text
    last = lines.page(lab.id).rows[-1]
    assert f"?after={last.key}" in first.text
    assert client.get(f"/labs/{lab.slug}/people?after={last.key}").status_code == 200
    assert client.get(f"/labs/{lab.slug}/people?after=x").status_code == 200
