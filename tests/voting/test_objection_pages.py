"""The pages of the list before a vote opens: what each sees of it, and who reads objections."""

from datetime import timedelta

import pytest

from labapp.accounts.models import Person
from labapp.db import db, utcnow
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.voting import service
from labapp.voting.models import Vote
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import make as voting

WORDS = "Tito Quirós ya no vive aquí."


class Town:
    """A lab with one member, and a vote that opens in two days."""

    def __init__(self, make: Make, *, days: int = 2) -> None:
        self.lab: Lab = voting.lab(make)
        (self.member,) = voting.voters(make, self.lab, 1)
        self.stranger = Actor(make.person().id, frozenset({Role.ACCOUNT}))
        now = utcnow()
        self.vote: Vote = voting.vote(
            make,
            self.lab,
            now=now,
            opens_at=now + timedelta(days=days),
            closes_at=now + timedelta(days=days + 7),
        )
        db.session.get_one(Person, self.member.person_id).name = "Ana Ríos"
        db.session.commit()
        self.here = voting.address(self.lab, self.vote)


@pytest.fixture
def town(make: Make) -> Town:
    return Town(make)


def test_each_sees_whether_they_are_on_the_list_and_nobody_else(town: Town, client: Client) -> None:
    bare = client.get(town.here).text
    sign_in(client, town.member)
    member = client.get(town.here).text
    sign_in(client, town.stranger)
    stranger = client.get(town.here).text

    assert "Hoy hay 1 persona en ella." in bare
    assert "Entre con su cuenta para ver si está en la lista" in bare
    assert "Usted está en la lista." in member
    assert "Usted no está en la lista, todavía." in stranger
    assert f"/labs/{town.lab.slug}/join" in stranger
    assert not [page for page in (bare, stranger) if "Ana Ríos" in page]


def test_before_those_days_the_page_says_when_they_begin(make: Make, client: Client) -> None:
    town = Town(make, days=9)
    sign_in(client, town.member)

    page = client.get(town.here).text
    refused = client.post(town.here + "objections/new", data={"kind": "wrong", "words": WORDS})

    assert "cada persona ve aquí si está en ella" in page
    assert "Usted está en la lista." not in page
    assert refused.status_code == 422
    assert "todavía no se muestra" in refused.text
    assert WORDS in refused.text


def test_an_objection_is_answered_and_only_its_count_is_public(
    make: Make, town: Town, client: Client
) -> None:
    sign_in(client, town.stranger)
    sent = client.post(town.here + "objections/new", data={"kind": "missing", "words": WORDS})
    mine = client.get(town.here).text
    sign_in(client, make.actor(town.lab, Role.FACILITATOR))
    desk = client.get(town.here + "objections/").text
    row = desk.split("/answer")[0].rsplit("/", 1)[-1].rsplit('"', 1)[-1]
    there = f"{town.here}objections/{row}/answer"
    reason = {"accepted": "yes", "answer": "Vive arriba: se anotó."}
    answered = client.post(there, data=reason)
    client.sign_out()
    public = client.get(town.here).text
    sign_in(client, town.stranger)
    told = client.get(town.here).text

    assert (sent.status_code, answered.status_code) == (302, 302)
    assert WORDS in mine
    assert WORDS in desk
    assert "1 objeción a la lista." in public
    assert "Todas se contestaron." in public
    assert "Hoy hay 2 personas en ella." in public
    assert not [word for word in (WORDS, "Vive arriba") if word in public]
    assert "Vive arriba: se anotó." in told
    assert "Usted está en la lista." in told


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 302),
        (Role.MEMBER, 403),
        (Role.TELLER, 403),
        (Role.ADMINISTRATOR, 403),
        (Role.REVIEWER, 200),
        (Role.FACILITATOR, 200),
    ],
)
def test_the_words_are_read_by_facilitators_and_antai_alone(
    make: Make, town: Town, client: Client, role: Role | None, status: int
) -> None:
    sign_in(client, town.member)
    client.post(town.here + "objections/new", data={"kind": "wrong", "words": WORDS})
    client.sign_out()
    if role:
        sign_in(client, make.actor(town.lab, role))

    answer = client.get(town.here + "objections/")

    assert answer.status_code == status
    assert (WORDS in answer.text) is (status == 200)


@pytest.mark.parametrize(
    ("typed", "found"), [("ana", True), ("", False), ("an", False), ("%%%", False), ("luz", False)]
)
def test_the_facilitator_looks_one_person_up_and_notes_what_they_object(
    make: Make, town: Town, client: Client, typed: str, found: bool
) -> None:
    sign_in(client, make.actor(town.lab, Role.FACILITATOR))
    note = town.here + "objections/note"

    page = client.get(note, query_string={"q": typed, "person": town.member.person_id}).text
    sent = client.post(
        note,
        query_string={"q": typed, "person": town.member.person_id},
        data={"kind": "wrong", "words": WORDS, "name": "" if found else "Luz Paz"},
    )
    desk = client.get(town.here + "objections/").text

    assert ("Ana Ríos" in page) is found
    assert ("Hoy estaría en la lista" in page) is found
    assert sent.status_code == 302
    assert ("Ana Ríos" if found else "Luz Paz") in desk


def test_what_was_not_answered_when_it_opened_is_told_in_public(town: Town, client: Client) -> None:
    for who in (town.member, town.stranger):
        sign_in(client, who)
        client.post(town.here + "objections/new", data={"kind": "wrong", "words": WORDS})
    client.sign_out()
    assert "2 esperan respuesta." in client.get(town.here).text
    service.open_due(town.vote.opens_at)
    db.session.commit()

    page = client.get(town.here).text

    assert "2 objeciones a la lista." in page
    assert "2 sin contestar al abrir." in page
    assert "Hoy hay" not in page
