"""Printing and withdrawing cards at the table."""

import re

import pytest
from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.polling.models import Card, CardState
from labapp.voting.models import Vote
from tests.client import Client
from tests.make import Make, sign_in
from tests.polling import make as polling
from tests.voting import make as voting


@pytest.fixture
def lab(make: Make) -> Lab:
    return voting.lab(make)


@pytest.fixture
def vote(make: Make, lab: Lab) -> Vote:
    return polling.vote(make, lab)[0]


def test_a_sheet_of_cards_comes_once_and_its_codes_vote(
    make: Make, client: Client, lab: Lab, vote: Vote
) -> None:
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    here = voting.address(lab, vote) + "hall/cards"
    form = {"count": "9", "once": "a-mark-of-a-form-sent"}

    sheet = client.post(here, data=form)
    again = client.post(here, data=form)

    assert (sheet.status_code, sheet.mimetype) == (200, "application/pdf")
    assert sheet.data.startswith(b"%PDF-")
    assert sheet.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in sheet.headers["Content-Disposition"]
    assert (again.status_code, again.location) == (302, here)
    assert db.session.scalar(select(func.count()).select_from(Card)) == 9
    page = client.get(here).text
    assert "El último número hecho es el 9." in page
    assert not re.search(r"([2-9A-Z]{4}-){2}[2-9A-Z]{4}", page)


@pytest.mark.parametrize("count", ["", "0", "201", "-1", "nueve", "9" * 30, "1\0"])
def test_a_number_of_cards_that_will_not_do_comes_back(
    make: Make, client: Client, lab: Lab, vote: Vote, count: str
) -> None:
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    answer = client.post(voting.address(lab, vote) + "hall/cards", data={"count": count})

    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Card)) == 0


@pytest.mark.parametrize(
    ("role", "sees", "prints", "voids"),
    [
        (None, 302, 302, 302),
        (Role.MEMBER, 403, 403, 403),
        (Role.TELLER, 200, 403, 302),
        (Role.FACILITATOR, 200, 200, 302),
    ],
)
def test_who_prints_and_who_voids(
    make: Make,
    client: Client,
    lab: Lab,
    vote: Vote,
    role: Role | None,
    sees: int,
    prints: int,
    voids: int,
) -> None:
    polling.cards(make, lab, vote, 2)
    here = voting.address(lab, vote) + "hall/cards"
    if role:
        sign_in(client, make.actor(lab, role))

    got = (
        client.get(here).status_code,
        client.post(here, data={"count": "1"}).status_code,
        client.post(here + "/withdraw", data={"why": "voided", "first": "1"}).status_code,
    )

    assert got == (sees, prints, voids)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"why": "voided", "first": "1", "last": "3"}, 302),
        ({"why": "returned", "first": "2"}, 302),
        ({"why": "used", "first": "2"}, 422),
        ({"why": "voided", "first": ""}, 422),
        ({"why": "voided", "first": "3", "last": "1"}, 422),
        ({"why": "voided", "first": "1", "last": "100000"}, 422),
        ({"why": "voided", "first": "4"}, 409),
    ],
    ids=str,
)
def test_withdrawing_says_what_became_of_the_cards(
    make: Make, client: Client, lab: Lab, vote: Vote, form: dict[str, str], status: int
) -> None:
    polling.cards(make, lab, vote, 3)
    sign_in(client, make.actor(lab, Role.TELLER))

    answer = client.post(voting.address(lab, vote) + "hall/cards/withdraw", data=form)

    assert answer.status_code == status
    changed = db.session.scalar(
        select(func.count()).select_from(Card).where(Card.state != CardState.PRINTED)
    )
    assert bool(changed) is (status == 302)


def test_a_range_past_the_last_card_counts_only_cards_that_exist(
    make: Make, client: Client, lab: Lab, vote: Vote
) -> None:
    polling.cards(make, lab, vote, 3)
    sign_in(client, make.actor(lab, Role.TELLER))
    here = voting.address(lab, vote) + "hall/cards"

    client.post(here + "/withdraw", data={"why": "voided", "first": "2", "last": "99"})
    page = client.get(here).text

    assert "Se retiraron 2 tarjetas." in page
    assert "como estaba" not in page
