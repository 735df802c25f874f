"""Many at the same instant: one ballot a person, and none after the close."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from labapp.db import db, utcnow
from labapp.domain.policy import Actor
from labapp.results import queries as results_queries
from labapp.results import tasks as results
from labapp.voting.models import Ballot, Receipt, Turnout
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import make as voting

TIMES = 8


def sender(app: Flask, client: Client, voter: Actor, paper: str) -> Callable[[str], int]:
    """Return what sends a voter's ballot from a browser of its own, in any thread."""
    sign_in(client, voter)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie

    def send(receipt: str) -> int:
        browser = FlaskClient(app, app.response_class)
        browser.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie.value)
        return browser.post(paper, data={"marks": ["1"], "receipt": receipt}).status_code

    return send


def rows() -> set[int | None]:
    db.session.rollback()
    tables = (Turnout, Ballot, Receipt)
    return {db.session.scalar(select(func.count()).select_from(table)) for table in tables}


def test_eight_identical_papers_make_one_ballot_and_all_see_the_receipt(
    app: Flask, make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=utcnow())
    send = sender(app, client, voter, voting.address(lab, vote) + "ballot")

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(send, [ballot_box.new_receipt()] * TIMES))

    assert answers == [200] * TIMES
    assert rows() == {1}


def test_eight_papers_of_one_person_make_one_ballot_and_the_others_are_told(
    app: Flask, make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=utcnow())
    send = sender(app, client, voter, voting.address(lab, vote) + "ballot")

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(send, [ballot_box.new_receipt() for _ in range(TIMES)]))

    assert sorted(answers) == [200] + [409] * (TIMES - 1)
    assert rows() == {1}


def test_ballots_that_arrive_at_the_close_are_counted_or_refused(
    app: Flask, make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, TIMES)
    vote = voting.vote(make, lab, now=utcnow())
    paper, end, vote_id = voting.address(lab, vote) + "ballot", vote.closes_at, vote.id
    senders = [sender(app, client, voter, paper) for voter in voters]

    def close() -> int:
        with app.app_context():
            return results.close_due(end)

    db.session.commit()
    with ThreadPoolExecutor(TIMES + 1) as pool:
        cast = [pool.submit(send, ballot_box.new_receipt()) for send in senders[:4]]
        closing = pool.submit(close)
        cast += [pool.submit(send, ballot_box.new_receipt()) for send in senders[4:]]
    answers = [each.result() for each in cast]

    assert closing.result() == 1
    assert set(answers) <= {200, 409}
    assert rows() == {answers.count(200)}
    assert results_queries.figures_on_record(vote_id)["ballots"] == answers.count(200)
