"""The pages of the table: their doors, the list, races, what is sent by mistake."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.policy import Role
from labapp.voting.models import Turnout
from labapp.web.models import Submission
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.polling import make as polling
from tests.statements import Statements
from tests.voting import make as voting

Counter = Callable[[], AbstractContextManager[Statements]]


@pytest.mark.parametrize("page", ["hall", "hall/roll"])
@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 302), (Role.MEMBER, 403), (Role.REVIEWER, 403), (Role.TELLER, 200)],
)
def test_only_whoever_keeps_the_table_sees_the_names(
    make: Make, client: Client, page: str, role: Role | None, status: int
) -> None:
    lab = voting.lab(make)
    vote, (voter,) = polling.vote(make, lab)
    name = db.session.get_one(Person, voter.person_id).name = "Vecina de la lista"
    if role:
        sign_in(client, make.actor(lab, role))

    answer = client.get(voting.address(lab, vote) + page)

    assert answer.status_code == status
    assert (name in answer.text) is (status == 200 and page == "hall/roll")


@pytest.mark.parametrize("page", ["hall", "hall/roll"])
def test_a_vote_by_account_alone_has_no_table(make: Make, client: Client, page: str) -> None:
    lab = voting.lab(make)
    vote, _ = polling.vote(make, lab, channels=(Channel.ACCOUNT,))
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    assert client.get(voting.address(lab, vote) + page).status_code == 404


def test_a_card_is_given_and_handed_back(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    vote, (voter,) = polling.vote(make, lab)
    sign_in(client, make.actor(lab, Role.TELLER))
    here = voting.address(lab, vote) + "hall/roll"

    given = client.post(here, data={"person": voter.person_id, "channel": "card"})
    page = client.get(here).text
    again = client.post(here, data={"person": voter.person_id, "channel": "paper"})
    back = client.post(here + "/give-back", data={"person": voter.person_id})

    assert (given.status_code, given.location) == (302, here)
    assert "Tiene una tarjeta" in page
    assert again.status_code == 409
    assert "Ya se le dio una tarjeta" in again.text
    assert back.status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Turnout)) == 0
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 0


@pytest.mark.parametrize("person", ["", "0", "-1", "9" * 30, "x", "1\0", "٣"])
@pytest.mark.parametrize("channel", ["card", "account", "", "post"])
def test_what_no_button_sends_is_refused(
    make: Make, client: Client, person: str, channel: str
) -> None:
    lab = voting.lab(make)
    vote, _ = polling.vote(make, lab)
    sign_in(client, make.actor(lab, Role.TELLER))
    here = voting.address(lab, vote) + "hall/roll"

    answers = [
        client.post(here, data={"person": person, "channel": channel}),
        client.post(here + "/give-back", data={"person": person}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]


def test_eight_tables_take_one_line_at_once_and_seven_are_told(
    app: Flask, make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    vote, (voter,) = polling.vote(make, lab)
    sign_in(client, make.actor(lab, Role.TELLER))
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie
    here, who = voting.address(lab, vote) + "hall/roll", voter.person_id

    def give(way: str) -> int:
        browser = FlaskClient(app, app.response_class)
        browser.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie.value)
        return browser.post(here, data={"person": who, "channel": way}).status_code

    db.session.commit()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(give, ["card", "paper", "hands", "card"] * 2))

    assert sorted(answers) == [302] + [409] * 7
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Turnout)) == 1


@pytest.mark.parametrize("people", [10, 1000])
def test_the_list_runs_the_same_statements_whatever_its_length(
    make: Make, client: Client, statements: Counter, people: int
) -> None:
    lab = voting.lab(make)
    db.session.execute(
        insert(Person),
        [{"name": f"Vecino {n:04}", "lang": "es", "created_at": NOW} for n in range(people)],
    )
    ids = db.session.scalars(select(Person.id).where(Person.name.startswith("Vecino"))).all()
    vote, _ = polling.vote(make, lab, people=0, members=ids)
    sign_in(client, make.actor(lab, Role.TELLER))
    here = voting.address(lab, vote) + "hall/roll"
    client.get(here)

    with statements() as run:
        page = client.get(here + "?q=vecino").text

    assert page.count('app-card"') == min(people, 25)
    assert run.count == 6, "\n".join(run.texts)
    if people > 25:
        last = db.session.scalars(select(Person.id).where(Person.name == "Vecino 0024")).one()
        assert f"?q=vecino&amp;after={last}" in page
        assert "Vecino 0025" in client.get(f"{here}?q=vecino&after={last}").text


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        (None, "Usted todavía no ha votado"),
        ("card", "A usted le dieron una tarjeta"),
        ("hands", "Usted votó levantando la mano"),
    ],
)
def test_a_line_taken_in_the_hall_is_not_told_as_a_vote_by_account(
    make: Make, client: Client, channel: str | None, said: str
) -> None:
    lab = voting.lab(make)
    vote, (voter,) = polling.vote(make, lab)
    teller, there = make.actor(lab, Role.TELLER), voting.address(lab, vote)
    if channel:
        sign_in(client, teller)
        client.post(there + "hall/roll", data={"person": voter.person_id, "channel": channel})
    sign_in(client, voter)

    page = client.get(there).text

    assert said in page
    assert "Mesa de la sala" not in page
