"""The pages of a lab's list of people, as facilitators and the people themselves see them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from labapp.db import db, utcnow
from labapp.domain.policy import Actor, Role
from labapp.labs import queries
from labapp.labs.forms.people import NeighboursForm
from labapp.labs.models import JoinRequest, Lab, LabPerson, SamePerson
from labapp.labs.queries import joins, lines
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import grant, registering, same_person
from labapp.record.acting import Acting
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.statements import Statements

ONCE = "a-mark-of-the-form-1"


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab()


@pytest.fixture
def host(make: Make, lab: Lab, client: Client) -> Actor:
    """A facilitator of the lab, signed in."""
    actor = make.actor(lab, Role.FACILITATOR)
    sign_in(client, actor)
    return actor


def register(lab: Lab, host: Actor, *newcomers: Newcomer) -> list[int]:
    return registering.register(Acting(lab, host, utcnow()), newcomers).added


def key_of(client: Client, name: str, known_as: str = "") -> str:
    """Return under which name what is asked of a line is sent."""
    with client.application.test_request_context(
        method="POST", data={"people": f"{name}, {known_as}"}
    ):
        return NeighboursForm().typed()[0][2]


def test_admitting_whoever_sounds_like_somebody_asks_who_it_is(
    make: Make, lab: Lab, host: Actor, client: Client
) -> None:
    (paper,) = register(lab, host, Newcomer("María Pérez", "La Loma"))
    person = make.person()
    person.name = "Maria Peres"
    asked = make.keep(JoinRequest(lab_id=lab.id, person_id=person.id, asked_at=NOW))
    db.session.commit()
    at = f"/labs/{lab.slug}/people/requests/{asked.id}/admit"

    first = client.post(at)
    assert (first.status_code, queries.member_ids(lab.id)) == (422, [paper])
    assert "María Pérez · La Loma · sin cuenta" in first.text
    assert client.get(at).status_code == 200
    assert client.post(at, data={"who": "99999"}).status_code == 422
    assert client.post(at, data={"who": str(paper)}).status_code == 302

    assert queries.member_ids(lab.id) == [person.id]


def test_thirty_names_are_registered_by_one_form_sent_twice(
    lab: Lab, host: Actor, client: Client
) -> None:
    at = f"/labs/{lab.slug}/people/register"
    names = [f"{a}{b} {a}" for a in ("Ábre", "Beje", "Casti") for b in "abcdefghij"]
    sent = {"people": "\n".join(names), "seen": "yes", "once": ONCE}

    for _ in range(2):
        assert client.post(at, data=sent).status_code == 302

    assert len(queries.member_ids(lab.id)) == 30
    assert client.post(at, data={**sent, "once": ONCE + "2"}).status_code == 302
    assert "30 ya estaban en la lista" in client.get(at).text
    assert len(queries.member_ids(lab.id)) == 30


def test_whoever_sounds_alike_is_asked_about_in_one_step_and_nothing_is_lost(
    lab: Lab, host: Actor, client: Client
) -> None:
    maria, juan = register(lab, host, Newcomer("María Pérez"), Newcomer("Juan Ábrego"))
    at = f"/labs/{lab.slug}/people/register"
    pasted = "1. Mari Perez\n\n- Juan Abrego, El Bajo\nEva Castillo\tLa Loma\nmaría pérez"
    sent = {"people": pasted, "seen": "yes", "once": ONCE}

    asked = client.post(at, data=sent)
    mari, eljuan = key_of(client, "Mari Perez"), key_of(client, "Juan Abrego", "El Bajo")
    half = client.post(at, data={**sent, f"who-{mari}": str(maria)})
    answered = {**sent, f"who-{mari}": str(maria), f"who-{eljuan}": "other"}
    assert client.post(at, data=answered).status_code == 302
    done = client.get(at)

    assert (asked.status_code, half.status_code, done.status_code) == (422, 422, 200)
    assert pasted.splitlines()[3] in asked.text
    assert "Ya están en la lista y no se anotan otra vez: María Pérez" in asked.text
    assert f'value="{maria}" checked' in half.text
    assert "Se registró a 2 personas." in done.text
    assert "1 ya estaba en la lista." in done.text
    assert "Se saltó 1 línea vacía." in done.text
    people = {(row.name, row.known_as) for row in lines.page(lab.id).rows if row.membership}
    assert people == {
        ("María Pérez", ""),
        ("Juan Ábrego", ""),
        ("Juan Abrego", "El Bajo"),
        ("Eva Castillo", "La Loma"),
    }
    assert juan in queries.member_ids(lab.id)


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("", ""),
        ("Eva Castillo\nx" + "y" * 140, "La línea 2 es muy larga"),
        ("Eva Castillo, " + "y" * 61, "La línea 1 es muy larga"),
        ("Eva Castillo\n, La Loma", "La línea 2 no tiene nombre"),
        ("Eva Castillo\neva castillo", "eva castillo está dos veces"),
        ("Eva Castillo, La Loma\nEva Castillo", "Eva Castillo está dos veces"),
        ("\n".join(f"Vecina {n}" for n in range(101)), "hasta 100 personas"),
    ],
)
def test_a_paste_that_will_not_do_comes_back_with_one_clear_sentence(
    lab: Lab, host: Actor, client: Client, pasted: str, sentence: str
) -> None:
    sent = {"people": pasted, "seen": "yes"}

    answer = client.post(f"/labs/{lab.slug}/people/register", data=sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert not queries.member_ids(lab.id)


def test_two_namesakes_of_one_paste_are_told_apart_and_each_sees_how(
    make: Make, lab: Lab, host: Actor, client: Client
) -> None:
    sent = {"people": "Eva Castillo, La Loma\nEva Castillo, El Bajo", "seen": "yes"}
    client.post(f"/labs/{lab.slug}/people/register", data=sent)
    assert len(queries.member_ids(lab.id)) == 2
    person = make.person()
    person.name = "Eva Castillo"
    grant(lab.id, person.id, Role.MEMBER, source="admitted", now=NOW)
    at = f"/labs/{lab.slug}/people/{person.id}/mark"

    assert client.post(at, data={"known_as": "la loma"}).status_code == 422
    assert client.post(at, data={"known_as": "La Toma"}).status_code == 302
    sign_in(client, person)

    assert "la lista de este laboratorio dice: La Toma" in client.get(f"/labs/{lab.slug}/join").text


def test_two_lines_are_joined_and_parted_on_the_list(
    make: Make, lab: Lab, host: Actor, client: Client
) -> None:
    (paper,) = register(lab, host, Newcomer("Eva Castillo"))
    person = make.person()
    person.name = "La Chila"
    grant(lab.id, person.id, Role.MEMBER, source="admitted", now=NOW)
    at = f"/labs/{lab.slug}/people"

    assert "Nadie de la lista se parece" in client.get(f"{at}/{person.id}/same").text
    searched = f"{at}/{person.id}/same?q=cast"
    assert "Eva Castillo · sin cuenta" in client.get(searched).text
    assert client.post(searched, data={"other": str(paper)}).status_code == 302
    row = db.session.query(SamePerson).one()
    assert "Eva Castillo" in client.get(f"{at}?q=chila").text
    assert "La Chila" in client.get(f"{at}?q=castillo").text
    sign_in(client, person)
    asked = f'<a href="/labs/{lab.slug}/join">¿Es así?'
    assert asked in client.get("/").text
    own = client.get(f"/labs/{lab.slug}/join").text
    assert "son la misma persona" in own
    assert client.post(f"{at}/joins/{row.id}/part").status_code == 403
    sign_in(client, host)
    assert client.post(f"{at}/joins/{row.id}/part").status_code == 302

    assert queries.member_ids(lab.id) == sorted((paper, person.id))
    assert client.post(searched, data={"other": str(paper)}).status_code == 302
    row = joins.latest_joins(lab.id)[0]
    sign_in(client, person)
    assert client.post(f"{at}/joins/{row.id}/object").status_code == 302
    assert "son dos personas" in client.get(f"/labs/{lab.slug}/join").text
    assert asked not in client.get("/").text
    assert queries.member_ids(lab.id) == sorted((paper, person.id))
    sign_in(client, host)
    assert client.post(f"{at}/joins/99999/part").status_code == 404
    assert client.get(f"{at}/99999/same").status_code == 404


def test_the_public_page_tells_of_a_join_by_role_and_of_nobody_by_name(
    lab: Lab, host: Actor, client: Client
) -> None:
    newcomers = Newcomer("Eva Castillo", "La Tulivieja"), Newcomer("Juan Ábrego")
    one, two = register(lab, host, *newcomers)
    same_person.join(Acting(lab, host, utcnow()), one=one, two=two)
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie.clear()

    shown = client.get(f"/labs/{lab.slug}/").text

    assert "Se juntaron dos líneas de la lista de personas" in shown
    assert "Castillo" not in shown
    assert "Tulivieja" not in shown


def test_the_list_costs_the_same_with_ten_people_and_with_a_thousand(
    make: Make,
    lab: Lab,
    host: Actor,
    client: Client,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    at = f"/labs/{lab.slug}/people"
    for page in ("", "?q=vecina", "/register"):
        client.get(at + page)
    for _ in range(10):
        make.actor(lab, Role.MEMBER)
    db.session.commit()
    few = [_count(client, statements, at + page) for page in ("", "?q=vecina", "/register")]
    for _ in range(60):
        make.actor(lab, Role.MEMBER)
    db.session.commit()
    many = [_count(client, statements, at + page) for page in ("", "?q=vecina", "/register")]

    assert few == many
    assert max(many) <= 11
    assert db.session.query(LabPerson).filter_by(lab_id=lab.id).count() == 71


def _count(
    client: Client, statements: Callable[[], AbstractContextManager[Statements]], at: str
) -> int:
    with statements() as run:
        assert client.get(at).status_code == 200
    return run.count
