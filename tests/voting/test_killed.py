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
from urllib.parse import parse_qs

from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.voting.models import Ballot, Receipt, Turnout
from tests.bench import cases, load, site

KILLS = 20
VOTERS = 3_000
CONNECTIONS = 4
#: Seconds of voting before each kill.
SHORTEST, LONGEST = 0.15, 0.6
TEXTS = [(f"Propuesta {n}", "Losa, paredes y tapas.") for n in range(12)]


def test_a_ballot_acknowledged_outlives_twenty_kills(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'labapp.sqlite3'}"
    here = site.made(url, tmp_path, TEXTS, rows=20, voters=VOTERS)
    # A list's iterator may be shared by threads: each ballot goes to one of them.
    left = iter([cases.vote(here.app, here.filled, token) for token in here.filled.tokens[1:]])
    acknowledged: set[str] = set()
    chance = random.Random(20)  # noqa: S311  # when to kill, not what to guess

    for _ in range(KILLS):
        with (
            site.product(here, apart=True) as (pid, port),
            ThreadPoolExecutor(CONNECTIONS) as rush,
        ):
            voting = [rush.submit(_vote, here.filled.vote, port, left) for _ in range(CONNECTIONS)]
            time.sleep(chance.uniform(SHORTEST, LONGEST))
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
    assert len(acknowledged) > KILLS, "the server was killed before anybody voted"
    assert acknowledged <= kept
    assert turnout == ballots == len(kept)


def _vote(address: str, port: int, left: Iterator[tuple[str, str]]) -> set[str]:
    """Vote until the server is gone; return the receipts that it gave."""
    given = set()
    link = HTTPConnection(load.HOST, port, timeout=10)
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
    return given
