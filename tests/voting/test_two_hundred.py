"""One person tries two hundred times at once, by every way there is: one line of the roll."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor, Role
from labapp.voting import urn
from labapp.voting.models import Ballot, Receipt, Turnout
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import make as voting

TIMES = 200
THREADS = 16


def browser(app: Flask, client: Client, who: Actor) -> Callable[[str, dict[str, str]], int]:
    """Return what sends a form as this person, from any thread."""
    client.sign_out()
    sign_in(client, who)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie

    def send(address: str, form: dict[str, str]) -> int:
        own = FlaskClient(app, app.response_class)
        own.set_cookie(name, cookie.value)
        return own.post(address, data=form).status_code

    return send


def test_two_hundred_attempts_by_every_way_take_one_line_and_leave_one_ballot(
    app: Flask, make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=utcnow(), channels=tuple(Channel))
    here = voting.address(lab, vote)
    by_themselves = browser(app, client, voter)
    at_the_table = browser(app, client, make.actor(lab, Role.FACILITATOR))
    person = str(voter.person_id)

    def attempt(way: Channel) -> int:
        if way is Channel.ACCOUNT:
            form = {"marks": "1", "receipt": urn.new_receipt()}
            return by_themselves(here + "ballot", form)
        return at_the_table(here + "hall/roll", {"person": person, "channel": way})

    ways = list(Channel) * (TIMES // len(Channel))
    random.shuffle(ways)
    db.session.remove()
    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(attempt, ways))

    done = [way for way, answer in zip(ways, answers, strict=True) if answer in (200, 302)]
    assert len(done) == 1
    assert answers.count(409) == TIMES - 1, "each of the others is told"
    taken = db.session.scalars(select(Turnout.channel)).all()
    assert taken == done
    ballots, receipts = (
        db.session.scalar(select(func.count()).select_from(table)) for table in (Ballot, Receipt)
    )
    assert ballots == receipts == (1 if done == [Channel.ACCOUNT] else 0)
