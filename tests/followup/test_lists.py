"""Lists and long agreements run the same statements however many rows there are."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import insert

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.domain.stage import Stage
from labapp.followup.models import Agreement, Letter
from labapp.labs.models import Lab
from labapp.thread.models import Thing
from tests.client import Client
from tests.followup.make import agreement, step_of
from tests.make import NOW, Make
from tests.statements import Statements

Counter = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


@pytest.mark.parametrize("path", ["letters/", "agreements/"])
def test_a_list_runs_the_same_statements_for_10_and_1000(
    make: Make, client: Client, lab: Lab, statements: Counter, path: str
) -> None:
    counts = []
    for many in (10, 990):
        _fill(make, lab, many)
        db.session.commit()
        with statements() as run:
            assert client.get(f"/labs/{lab.slug}/{path}").status_code == 200
        counts.append(run.count)
    first = client.get(f"/labs/{lab.slug}/{path}").text

    assert counts[0] == counts[1]
    assert "after=" in first


def test_an_agreement_of_many_steps_runs_the_same_statements(
    make: Make, client: Client, lab: Lab, statements: Counter
) -> None:
    agreement(make, lab, step_of("Uno"))
    agreement(make, lab, *(step_of(f"Paso {n}") for n in range(12)))
    db.session.commit()
    counts = []
    for number in (1, 2):
        with statements() as run:
            client.get(f"/labs/{lab.slug}/agreements/{number}/")
        counts.append(run.count)

    assert counts[0] == counts[1] <= 13


def _fill(make: Make, lab: Lab, many: int) -> None:
    body = make.organization()
    first = make.number() * 1000
    numbers = range(first, first + many)
    for kind in (Kind.LETTER, Kind.AGREEMENT):
        base = 0 if kind is Kind.LETTER else 1_000_000
        db.session.execute(
            insert(Thing),
            [
                {
                    "id": base + n,
                    "lab_id": lab.id,
                    "kind": kind,
                    "number": n,
                    "title": "x",
                    "state": "x",
                    "published_at": NOW,
                }
                for n in numbers
            ],
        )
    letter = {"organization_id": body.id, "reference": "x", "text": "x"}
    days = {"presented_on": NOW.date(), "due_on": NOW.date() + timedelta(days=30)}
    db.session.execute(insert(Letter), [{"id": n, **letter, **days} for n in numbers])
    agreed = {"organization_id": body.id, "what": "x", "drafted_at": NOW}
    yes = {"accepted_on": NOW.date(), "accepted_how": "meeting-1"}
    db.session.execute(insert(Agreement), [{"id": 1_000_000 + n, **agreed, **yes} for n in numbers])
