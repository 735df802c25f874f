"""A server killed in the middle of a vote loses no ballot that it acknowledged."""

import os
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Semaphore
from urllib.parse import parse_qs

import pytest
from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.voting.models import Ballot, Receipt, Turnout
from tests.amounts import amount
from tests.bench import cases, load, site

KILLS = amount(ordinary=5, whole=20)
VOTERS = 150 * KILLS
CONNECTIONS = 4
#: Ballots acknowledged before each kill: by number, so that a fast machine runs out of no voters.
FEWEST, MOST = 20, 110
#: Seconds after the last of them, so that the kill falls anywhere in what the server does.
LATER = 0.01
PATIENCE = 60.0
TEXTS = [(f"Propuesta {n}", "Losa, paredes y tapas.") for n in range(12)]


@pytest.mark.heavy
def test_a_ballot_acknowledged_outlives_every_kill(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'labapp.sqlite3'}"
    here = site.made(url, tmp_path, TEXTS, rows=20, voters=VOTERS)
    # A list's iterator may be shared by threads: each ballot goes to one of them.
    left = iter([cases.vote(here.app, here.filled, token) for token in here.filled.tokens[1:]])
    acknowledged: set[str] = set()
    chance = random.Random(20)  # noqa: S311  # when to kill, not what to guess

    for _ in range(KILLS):
        answered = Semaphore(0)
        with (
            site.product(here, apart=True) as (pid, port),
            ThreadPoolExecutor(CONNECTIONS) as rush,
        ):
            voting = [
                rush.submit(_vote, here.filled.vote, port, left, answered)
                for _ in range(CONNECTIONS)
            ]
            for _ in range(chance.randint(FEWEST, MOST)):
                assert answered.acquire(timeout=PATIENCE)
            time.sleep(chance.uniform(0, LATER))
            os.killpg(pid, signal.SIGKILL)
            acknowledged.update(*(voter.result() for voter in voting))

    with here.app.app_context():
        kept = set(db.session.scalars(select(Receipt.code)))
        # The others were given a card, and nobody votes with one here.
        turnout = db.session.scalar(
            select(func.count()).select_from(Turnout).where(Turnout.channel == Channel.ACCOUNT)
        )
        ballots = db.session.scalar(select(func.count()).select_from(Ballot))
        db.session.remove()
        db.engine.dispose()
    assert len(acknowledged) >= KILLS * FEWEST
    assert acknowledged <= kept
    assert turnout == ballots == len(kept)


def _vote(
    address: str, port: int, left: Iterator[tuple[str, str]], answered: Semaphore
) -> set[str]:
    """Vote until the server is gone; return the receipts that it gave, told one by one too."""
    given = set()
    link = HTTPConnection(load.HOST, port, timeout=PATIENCE)
    with suppress(HTTPException, OSError), closing(link):
        while True:
            body, cookie = next(left)
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            link.request("POST", address, body, headers)
            answer = link.getresponse()
            assert answer.status == HTTPStatus.OK
            receipt = parse_qs(body)["receipt"][0]
            assert receipt in answer.read().decode()
            given.add(receipt)
            answered.release()
    return given
