"""Voting with a card on a phone of one's own: the code, the paper, the receipt."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.policy import Role
from labapp.extensions import limiter
from labapp.factory import create_app
from labapp.labs.models import Lab
from labapp.polling import card_code
from labapp.polling.models import Card, CardState
from labapp.voting.models import Ballot, Receipt, Turnout, Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.databases import disposed
from tests.make import Make, sign_in
from tests.polling import make as polling
from tests.statements import Statements
from tests.voting import make as voting

Counter = Callable[[], AbstractContextManager[Statements]]
TIMES = 8


@pytest.fixture
def lab(make: Make) -> Lab:
    return voting.lab(make)


@pytest.fixture
def vote(make: Make, lab: Lab) -> Vote:
    return polling.vote(make, lab, crowd=5)[0]


def box_size() -> tuple[int | None, ...]:
    db.session.rollback()
    return tuple(
        db.session.scalar(select(func.count()).select_from(table))
        for table in (Turnout, Ballot, Receipt)
    )


def card(lab: Lab, vote: Vote, code: str = "") -> str:
    return f"{voting.address(lab, vote)}card" + (f"/{code}" if code else "")


def test_a_neighbour_votes_with_a_card_and_no_account(
    make: Make, client: Client, lab: Lab, vote: Vote
) -> None:
    (one,) = polling.given(make, lab, vote)
    typed = client.post(card(lab, vote), data={"code": one.lower().replace("-", " ")})

    paper = client.get(typed.location)
    receipt = re.search(r'name="receipt"[^>]*value="([^"]+)"', paper.text)
    assert receipt
    form = {"marks": ["2", "1"], "receipt": receipt[1]}
    cast = client.post(typed.location, data=form)
    again = client.post(typed.location, data=form)

    assert (typed.status_code, typed.location) == (302, card(lab, vote, one))
    assert paper.status_code == 200
    assert paper.headers["Cache-Control"] == "private, no-store"
    assert (cast.status_code, again.status_code) == (200, 200)
    assert receipt[1] in cast.text
    assert receipt[1] in again.text
    assert box_size() == (1, 1, 1)


def test_a_ballot_that_will_not_do_comes_back_and_the_card_still_votes(
    make: Make, client: Client, lab: Lab, vote: Vote
) -> None:
    (one,) = polling.given(make, lab, vote)

    answers = [
        client.post(card(lab, vote, one), data=form)
        for form in ({}, {"marks": ["1", "2", "3", "4"]}, {"marks": "9"}, {"marks": "x"})
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert box_size() == (1, 0, 0)
    good = {"marks": "1", "receipt": ballot_box.new_receipt()}
    assert client.post(card(lab, vote, one), data=good).status_code == 200


def slip(one: str) -> str:
    """Return a code with one letter taken for another that looks like it."""
    for pair in ("8B", "5S", "2Z", "6G", "UV", "MN", "EF", "PR", "DQ", "7T", "KX", "4A", "CG"):
        for letter, other in ((pair[0], pair[1]), (pair[1], pair[0])):
            if letter in one:
                return one.replace(letter, other, 1)
    return one[1] + one[0] + one[2:]


def test_each_code_that_does_not_vote_is_told_apart(
    make: Make, client: Client, lab: Lab, vote: Vote
) -> None:
    other, _ = polling.vote(make, lab, crowd=1, question="¿Qué nombre le ponemos?")
    used, voided, back, good = polling.given(make, lab, vote, 4)
    (foreign,) = polling.given(make, lab, other)
    polling.cast(lab, vote, used, [1])
    for serial, state in ((2, CardState.VOIDED), (3, CardState.RETURNED)):
        row = db.session.scalars(
            select(Card).where(Card.serial == serial, Card.vote_id == vote.id)
        ).one()
        row.state = state
    unknown = ballot_box.new_receipt()
    told = {
        used: "ya se votó",
        voided: "se anuló",
        back: "se devolvió sin usar",
        foreign: "¿Qué nombre le ponemos?",
        slip(good): "Casi",
        unknown: "Ninguna tarjeta tiene ese código",
        "O0" + good[2:]: "«O0»",
        good[:-1]: "y llegaron 11",
        "": "Escriba el código",
        "<b>\0💧" * 9: "Ninguna tarjeta lleva",
    }

    said = {sent: client.post(card(lab, vote), data={"code": sent}) for sent in told}
    shown = {sent: client.get(card(lab, vote, sent)) for sent in told if sent.isascii()}
    opened = {sent: answer.status_code for sent, answer in shown.items()}

    assert {sent: answer.status_code for sent, answer in said.items()} == dict.fromkeys(told, 422)
    assert [sent for sent, words in told.items() if words not in said[sent].text] == []
    assert card(lab, other) in said[foreign].text
    assert [opened[sent] for sent in (used, voided, back, foreign)] == [409] * 4
    assert [opened[sent] for sent in (unknown, slip(good), good[:-1])] == [404] * 3
    form = {"marks": "1", "receipt": ballot_box.new_receipt()}
    posted = [client.post(card(lab, vote, sent), data=form).status_code for sent in (used, unknown)]
    assert posted == [409, 404]
    assert box_size() == (5, 1, 1), "five were handed out"


def test_only_wrong_codes_are_slowed_down(
    app: Flask, make: Make, client: Client, lab: Lab, vote: Vote
) -> None:
    (one,) = polling.given(make, lab, vote)
    strict = create_app({**app.config, "RATELIMIT_ENABLED": True})
    with strict.app_context():
        engine = db.engine
    browser, here = FlaskClient(strict, strict.response_class), card(lab, vote)
    db.session.commit()

    with disposed(engine):
        try:
            right = {browser.post(here, data={"code": one}).status_code for _ in range(70)}
            wrong = [
                browser.post(here, data={"code": ballot_box.new_receipt()}).status_code
                for _ in range(61)
            ]
            then = browser.get(f"{here}/{one}").status_code
        finally:
            limiter.reset()
            limiter.enabled = False

    assert right == {302}
    assert wrong == [422] * 60 + [429]
    assert then == 429


@pytest.mark.parametrize(
    "page", ["card", "card/ABCD-EFGH-JKMN", "kiosk", "kiosk/paper", "hall/cards"]
)
def test_a_vote_without_cards_has_none_of_their_pages(
    make: Make, client: Client, lab: Lab, page: str
) -> None:
    vote, _ = polling.vote(make, lab, channels=(Channel.ACCOUNT, Channel.PAPER))
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    assert client.get(voting.address(lab, vote) + page).status_code == 404


def test_a_vote_by_card_costs_few_statements(
    make: Make, client: Client, lab: Lab, vote: Vote, statements: Counter
) -> None:
    (one,) = polling.given(make, lab, vote)
    form, paper = {"marks": ["1"], "receipt": ballot_box.new_receipt()}, card(lab, vote, one)
    client.get(paper)
    db.session.commit()

    with statements() as run:
        answer = client.post(paper, data=form)

    assert answer.status_code == 200
    assert [text.split()[0] for text in run.texts] == ["SELECT", "UPDATE", "INSERT", "INSERT"]


@pytest.mark.parametrize("same", [True, False])
def test_eight_papers_of_one_card_make_one_ballot(
    app: Flask, make: Make, client: Client, lab: Lab, vote: Vote, same: bool
) -> None:
    (one,) = polling.given(make, lab, vote)
    paper, receipt = card(lab, vote, one), ballot_box.new_receipt()

    def send(turn: int) -> int:
        browser = FlaskClient(app, app.response_class)
        form = {"marks": "1", "receipt": receipt if same else ballot_box.new_receipt()}
        return browser.post(paper, data=form).status_code

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(send, range(TIMES)))

    assert sorted(answers) == ([200] * TIMES if same else [200] + [409] * (TIMES - 1))
    assert box_size() == (1, 1, 1)
    assert db.session.scalars(select(Card.state)).all() == [CardState.USED]
    assert card_code.read(one) not in str(db.session.execute(select(Card.__table__)).all())
