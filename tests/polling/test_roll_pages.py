"""The pages of the table: their doors, one line of the roll, races, what is sent by mistake."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select

from labapp.accounts.models import Person
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Role
from labapp.extensions import limiter
from labapp.factory import create_app
from labapp.voting.models import Turnout
from labapp.voting.queries.name_search import HANDFUL
from labapp.web.models import Submission
from tests.client import Client
from tests.databases import disposed
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

    bare = client.get(voting.address(lab, vote) + page)
    answer = client.get(voting.address(lab, vote) + page + "?q=de+la+lis")

    assert bare.status_code == answer.status_code == status
    assert name not in bare.text
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
    db.session.get_one(Person, voter.person_id).name = "Vecina"
    sign_in(client, make.actor(lab, Role.TELLER))
    here = voting.address(lab, vote) + "hall/roll"
    line = {"q": "vec", "person": voter.person_id}

    given = client.post(here, data={**line, "channel": "card"})
    page = client.get(here + "?q=vec").text
    again = client.post(here, data={**line, "channel": "paper"})
    back = client.post(here + "/give-back", data=line)

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
    db.session.get_one(Person, who).name = "Vecina"

    def give(way: str) -> int:
        browser = FlaskClient(app, app.response_class)
        browser.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie.value)
        return browser.post(here, data={"q": "vec", "person": who, "channel": way}).status_code

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

    assert page.count('app-card"') == HANDFUL
    assert "escriba más letras" in page
    assert run.count == 7, "\n".join(run.texts)


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
        db.session.get_one(Person, voter.person_id).name = "Vecina"
        form = {"q": "vec", "person": voter.person_id, "channel": channel}
        client.post(there + "hall/roll", data=form)
    sign_in(client, voter)

    page = client.get(there).text

    assert said in page
    assert "Mesa de la sala" not in page


class Hall:
    """A table before which three neighbours of nearly one name stand; the first has a card."""

    def __init__(self, make: Make, client: Client) -> None:
        self.lab = voting.lab(make)
        self.vote, voters = polling.vote(make, self.lab, people=3)
        self.ids = [voter.person_id or 0 for voter in voters]
        for who, name in zip(self.ids, ["Ana Ríos", "Ana Rivas", "Luz Paz"], strict=True):
            db.session.get_one(Person, who).name = name
        db.session.add(Turnout(vote_id=self.vote.id, person_id=self.ids[0], channel=Channel.CARD))
        db.session.commit()
        sign_in(client, make.actor(self.lab, Role.FACILITATOR))
        self.here = voting.address(self.lab, self.vote) + "hall/roll"


#: What says of somebody that their line is taken, or free.
STATES = ("Tiene una tarjeta", "Entregar tarjeta")


def test_of_several_no_state_is_shown_until_one_is_chosen(make: Make, client: Client) -> None:
    hall = Hall(make, client)

    several = client.get(hall.here + "?q=ana").text
    chosen = [client.get(f"{hall.here}?q=ana&person={who}").text for who in hall.ids[:2]]

    assert "Ana Ríos" in several
    assert "Ana Rivas" in several
    assert not [state for state in STATES if state in several]
    assert [[state in page for state in STATES] for page in chosen] == [
        [True, False],
        [False, True],
    ]
    assert "Ana Rivas" not in chosen[0]


@pytest.mark.parametrize("letters", ["", "?q=an", "?q=%25%25%25", "?q=luz", "?after=0", "?q=a+n+a"])
def test_numbers_and_cursors_without_the_letters_open_no_line(
    make: Make, client: Client, letters: str
) -> None:
    hall = Hall(make, client)

    for who in hall.ids[:2]:
        page = client.get(f"{hall.here}{letters or '?'}&person={who}&after=0").text

        assert "Ana" not in page
        assert STATES[0] not in page


@pytest.mark.parametrize("door", ["", "/give-back"])
def test_a_form_made_by_hand_learns_nothing_by_walking_numbers(
    make: Make, client: Client, door: str
) -> None:
    hall = Hall(make, client)

    answers = [
        client.post(hall.here + door, data={"q": words, "person": who, "channel": "card"}).text
        for words in ("", "luz", "a n a")
        for who in hall.ids[:2]
    ]

    assert not [page for page in answers if "Ana" in page or "No se anotó nada" not in page]
    assert db.session.scalar(select(func.count()).select_from(Turnout)) == 1


def test_the_roll_is_consulted_only_while_the_vote_is_open(make: Make, client: Client) -> None:
    hall = Hall(make, client)
    hall.vote.closed_at = utcnow()
    db.session.commit()

    page = client.get(hall.here + "?q=luz").text
    sent = client.post(hall.here, data={"q": "luz", "person": hall.ids[2], "channel": "card"})

    assert "La votación terminó: la lista ya no se consulta." in page
    assert sent.status_code == 409
    assert not [name for name in ("Luz Paz", *STATES) if name in page + sent.text]


def test_whoever_asks_for_a_whole_village_is_slowed_down(
    app: Flask, make: Make, client: Client
) -> None:
    hall = Hall(make, client)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie
    strict = create_app({**app.config, "RATELIMIT_ENABLED": True})
    with strict.app_context():
        engine = db.engine
    table = FlaskClient(strict, strict.response_class)
    table.set_cookie(name, cookie.value)
    db.session.commit()

    with disposed(engine):
        try:
            asked = [table.get(hall.here + "?q=luz").status_code for _ in range(61)]
            bare = table.get(hall.here).status_code
        finally:
            limiter.reset()
            limiter.enabled = False

    assert asked == [200] * 60 + [429]
    assert bare == 200
