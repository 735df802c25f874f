"""One person tries two hundred times at once, by every way there is, and is counted once."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from labapp.accounts import models as account
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor
from labapp.polling import queries as polling
from labapp.polling.models import Batch, Card, CardState
from labapp.voting.models import Ballot, Receipt, Turnout
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.polling import make as hall
from tests.polling import table
from tests.voting import make as voting

TIMES = 200
THREADS = 16
#: Each is tried as often as the others: to take the line, and to use what was not handed out.
TRIES = ("account", "take card", "take paper", "take hands", "card", "other card", "pile", "hands")
DONE = (200, 302)


def browser(app: Flask, client: Client, who: Actor | None) -> Callable[[str, dict[str, str]], int]:
    """Return what sends a form as this person, or as nobody, from any thread."""
    client.sign_out()
    name, cookie = app.config["SESSION_COOKIE_NAME"], None
    if who is not None:
        sign_in(client, who)
        cookie = client.get_cookie(name)

    def send(address: str, form: dict[str, str]) -> int:
        own = FlaskClient(app, app.response_class)
        if cookie is not None:
            own.set_cookie(name, cookie.value)
        return own.post(address, data=form).status_code

    return send


@dataclass(frozen=True)
class Person:
    """One person before a vote: an account, two printed cards, a pile of one paper, a hand."""

    here: str
    person_id: int
    name: str
    cards: tuple[str, ...]
    themselves: Callable[[str, dict[str, str]], int]
    table: Callable[[str, dict[str, str]], int]
    anybody: Callable[[str, dict[str, str]], int]

    def attempt(self, what: str) -> int:
        """Try one thing; return what the site answers."""
        ballot = {"marks": "1", "receipt": ballot_box.new_receipt()}
        if what == "account":
            return self.themselves(self.here + "ballot", ballot)
        if what.startswith("take"):
            form = {"person": str(self.person_id), "channel": what.removeprefix("take ")}
            form |= {"q": self.name}
            return self.table(self.here + "hall/roll", form)
        if what == "pile":
            return self.table(self.here + "hall/batches/1/urn", {})
        if what == "hands":
            witnesses = {"first_witness": "La maestra", "second_witness": "El juez de paz"}
            witnesses |= {"first_declared": "yes", "second_declared": "yes"}
            hands = {f"votes_{n}": "1" if n == 1 else "0" for n in range(1, 5)}
            return self.table(self.here + "hall/hands", {"people": "1", **hands, **witnesses})
        code = self.cards[what == "other card"]
        return self.anybody(f"{self.here}card/{code}", ballot)


@pytest.fixture
def person(app: Flask, make: Make, client: Client) -> Person:
    lab = voting.lab(make)
    vote, (voter,) = hall.vote(make, lab)
    by, now = table.tellers(make, lab), utcnow()
    table.pile(lab, vote, by, ["1"], now=now, given=False)
    made = Person(
        here=voting.address(lab, vote),
        person_id=voter.person_id or 0,
        name=db.session.get_one(account.Person, voter.person_id).name,
        cards=tuple(hall.cards(make, lab, vote, 2)),
        themselves=browser(app, client, voter),
        table=browser(app, client, by[0]),
        anybody=browser(app, client, None),
    )
    db.session.commit()
    return made


@pytest.mark.parametrize("leads", TRIES[:4])
def test_two_hundred_attempts_by_every_way_take_one_line_and_leave_one_ballot(
    person: Person, leads: str
) -> None:
    tries = list(TRIES) * ((TIMES - THREADS) // len(TRIES))
    random.shuffle(tries)
    # Whoever comes first wins: each way is given that once.
    tries = [leads] * (TIMES - len(tries)) + tries
    db.session.remove()

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(person.attempt, tries))
    then = [person.attempt(what) for what in TRIES]

    assert len(tries) == TIMES
    assert set(answers) <= {*DONE, 409, 422}, "each of the others is told"
    took = [
        what
        for what, answer in zip(tries, answers, strict=True)
        if answer in DONE and what in TRIES[:4]
    ]
    assert took == [leads]
    (way,) = db.session.scalars(select(Turnout.channel)).all()
    assert way == leads.removeprefix("take ")
    assert polling.received_ballots(db.session.scalars(select(Turnout.vote_id)).one()) == 1
    assert left() == expected(way), then


def left() -> tuple[int | None, ...]:
    """Return the ballots, the receipts, the cards used and the piles in the ballot box."""
    counts = (
        select(func.count()).select_from(Ballot),
        select(func.count()).select_from(Receipt),
        select(func.count()).select_from(Card).where(Card.state == CardState.USED),
        select(func.count()).select_from(Batch).where(Batch.boxed_at.is_not(None)),
    )
    return tuple(db.session.scalar(query) for query in counts)


def expected(way: Channel) -> tuple[int, ...]:
    """Return the same of one who voted this way; a raised hand leaves no ballot of its own."""
    return {
        Channel.ACCOUNT: (1, 1, 0, 0),
        Channel.CARD: (1, 1, 1, 0),
        Channel.PAPER: (1, 0, 0, 1),
        Channel.HANDS: (0, 0, 0, 0),
    }[way]
