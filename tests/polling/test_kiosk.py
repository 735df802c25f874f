"""The shared tablet: each person finds it as if nobody had been there before."""

import re

import pytest
from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.polling import card_code
from labapp.voting.models import Ballot, Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.polling import make as polling
from tests.voting import make as voting


@pytest.fixture
def lab(make: Make) -> Lab:
    return voting.lab(make)


@pytest.fixture
def vote(make: Make, lab: Lab) -> Vote:
    return polling.vote(make, lab, crowd=5)[0]


@pytest.fixture
def start(lab: Lab, vote: Vote) -> str:
    return voting.address(lab, vote) + "kiosk"


def ballots() -> int | None:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Ballot))


def test_whoever_comes_next_finds_nothing_of_the_one_before(
    make: Make, client: Client, lab: Lab, vote: Vote, start: str
) -> None:
    one, two = polling.given(make, lab, vote, 2)

    typed = client.post(start, data={"code": one})
    paper = client.get(typed.location)
    receipt = re.search(r'name="receipt"[^>]*value="([^"]+)"', paper.text)
    assert receipt
    form = {"marks": ["2"], "receipt": receipt[1]}
    cast = client.post(start + "/paper", data=form)
    slip = client.get(cast.location)

    assert (typed.location, cast.location) == (start + "/paper", start + "/receipt")
    assert receipt[1] in slip.text
    assert f'content="60; url={start}"' in slip.text
    assert "Siguiente persona" in slip.text
    assert ballots() == 1
    for page in (paper, slip):
        assert page.headers["Cache-Control"] == "private, no-store"
        assert card_code.read(one) not in card_code.read(page.text)
        assert "app-nav" not in page.text
    for behind in ("/receipt", "/paper"):
        assert client.get(start + behind).location == start
    fresh = client.get(start)
    assert fresh.headers["Cache-Control"] == "private, no-store"
    assert 'autocomplete="off"' in fresh.text
    assert not [word for word in (one, receipt[1], "checked") if word in fresh.text]
    with client.session_transaction() as cookie:
        assert not [key for key in cookie if key.startswith("kiosk")]
    client.post(start, data={"code": two})
    assert client.get(start + "/paper").text.count(" checked") == 0


def test_a_paper_whose_answer_was_lost_shows_its_receipt_and_is_not_cast_twice(
    make: Make, client: Client, lab: Lab, vote: Vote, start: str
) -> None:
    (one,) = polling.given(make, lab, vote)
    client.post(start, data={"code": one})
    with client.session_transaction() as cookie:
        before = dict(cookie)
    form = {"marks": "1", "receipt": ballot_box.new_receipt()}

    client.post(start + "/paper", data=form)
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie.update(before)
    again = client.post(start + "/paper", data=form)

    assert form["receipt"] in client.get(again.location).text
    assert ballots() == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [({}, "Marque por lo menos una"), ({"marks": ["1", "2", "3", "4"]}, "demasiadas marcas")],
)
def test_a_ballot_that_will_not_do_says_why_on_an_empty_paper(
    make: Make,
    client: Client,
    lab: Lab,
    vote: Vote,
    start: str,
    form: dict[str, list[str]],
    said: str,
) -> None:
    (one,) = polling.given(make, lab, vote)
    client.post(start, data={"code": one})

    answer = client.post(start + "/paper", data=form)
    paper = client.get(answer.location).text

    assert answer.location == start + "/paper"
    assert said in paper
    assert " checked" not in paper
    assert ballots() == 0


def test_a_wrong_code_says_why_and_is_not_shown_again(
    make: Make, client: Client, lab: Lab, vote: Vote, start: str
) -> None:
    (used,) = polling.given(make, lab, vote)
    polling.cast(lab, vote, used, [1])

    wrong = client.get(client.post(start, data={"code": "ABCD"}).location).text
    spent = client.get(client.post(start, data={"code": used}).location).text

    assert "y llegaron 4" in wrong
    assert "ABCD" not in wrong
    assert "ya se votó" in spent
    assert used not in spent
    assert client.post(start + "/paper", data={"marks": "1"}).location == start
    assert ballots() == 1


def test_two_tabs_with_one_card_cast_one_ballot(
    make: Make, client: Client, lab: Lab, vote: Vote, start: str
) -> None:
    (one,) = polling.given(make, lab, vote)
    client.post(start, data={"code": one})
    polling.cast(lab, vote, one, [1])

    late = client.post(start + "/paper", data={"marks": "2", "receipt": ballot_box.new_receipt()})

    assert late.location == start
    assert "ya se votó" in client.get(start).text
    assert ballots() == 1


def test_a_tablet_left_signed_in_says_so(
    make: Make, client: Client, lab: Lab, vote: Vote, start: str
) -> None:
    plain = client.get(start).text
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    warned = client.get(start).text

    assert "Ciérrela antes" in warned
    assert "Ciérrela antes" not in plain


def test_a_tablet_left_on_after_the_close_says_so_and_leads_nowhere(
    make: Make, client: Client, lab: Lab, vote: Vote, start: str
) -> None:
    voting.finish(vote)

    answer = client.get(start)

    assert answer.status_code == 409
    assert "Esta votación ya cerró." in answer.text
    assert "<form" not in answer.text
    assert "/sign-in" not in answer.text
