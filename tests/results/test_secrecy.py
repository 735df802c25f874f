"""After the close nothing joins a person, a ballot and a receipt; before it, something does."""

from collections.abc import Iterable
from itertools import combinations
from random import Random
from typing import Any

import pytest
from flask import Flask

from labapp.db import db, utcnow
from labapp.voting.models import Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import joins
from tests.voting import make as voting
from tests.voting.joins import Truth

VOTERS = 40
#: Pairs that chance alone gives: one on average; ten come once in ten million times.
CHANCE = 10


def held(make: Make) -> tuple[Vote, list[Truth]]:
    """Hold a vote in which no two ballots are equal."""
    lab = voting.lab(make)
    voters = voting.voters(make, lab, VOTERS)
    lines = tuple(f"Opción {n}" for n in range(1, 10))
    vote = voting.vote(make, lab, lines=lines, max_marks=3)
    db.session.commit()
    patterns = list(combinations(range(1, 10), 3))
    chance = Random(7)  # noqa: S311  # only so that no order of the test's own tells
    truth = []
    for voter, marks in zip(
        chance.sample(voters, VOTERS), chance.sample(patterns, VOTERS), strict=True
    ):
        code = voting.cast(lab, voter, vote, marks)
        truth.append(Truth(voter.person_id or 0, " ".join(map(str, marks)), code))
    return vote, truth


def best(
    truth: list[Truth], between: str = "", tables: Iterable[str] = joins.TABLES
) -> tuple[int, str]:
    """Return how many pairs the best way of joining finds, and which way that is."""
    return max(
        (joins.right(pairs, name, truth), name)
        for name, pairs in joins.guesses(tables)
        if not between or all(table in name for table in between.split())
    )


def test_nothing_joins_a_person_and_a_ballot_after_the_close(make: Make) -> None:
    vote, truth = held(make)
    before, way = best(truth, "turnout ballot")
    keys = joins.keys()

    voting.close(vote)

    after, found = best(truth)
    assert before == VOTERS, f"a test that cannot fail shows nothing: {way}"
    assert after <= CHANCE, found
    assert not set(keys) & set(joins.keys())
    if db.engine.dialect.name == "sqlite":
        disk = joins.on_disk()
        assert not [key for key in keys if key.encode() in disk]


def test_a_ballot_changes_three_tables_and_nothing_else(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 2)[0]
    vote = voting.vote(make, lab, now=utcnow())
    sign_in(client, voter)
    paper = voting.address(lab, vote) + "ballot"
    client.get(paper)
    before = everything()

    client.post(paper, data={"marks": ["1"], "receipt": ballot_box.new_receipt()})

    after = everything()
    assert {name for name in after if after[name] != before[name]} == {
        "turnout",
        "ballot",
        "receipt",
    }


def test_neither_the_log_nor_the_cookie_tells(
    app: Flask, make: Make, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=utcnow())
    sign_in(client, voter)
    code = ballot_box.new_receipt()

    answer = client.post(
        voting.address(lab, vote) + "ballot", data={"marks": ["1"], "receipt": code}
    )

    assert answer.status_code == 200
    assert caplog.text == ""
    assert answer.headers["Cache-Control"] == "private, no-store"
    with client.session_transaction() as cookie:
        assert code not in str(dict(cookie))


def everything() -> dict[str, list[Any]]:
    """Return the rows of every table."""
    found = {
        table.name: [tuple(row) for row in db.session.execute(table.select())]
        for table in db.metadata.sorted_tables
    }
    db.session.rollback()
    return found
