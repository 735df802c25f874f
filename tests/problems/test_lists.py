"""Lists of problems: their order, and a cost that does not grow with them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import func, insert, select

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.problems.models import Problem, ProblemState
from labapp.thread.models import Duty, Thing
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.problems.make import problem
from tests.statements import Statements

Counting = Callable[[], AbstractContextManager[Statements]]


def test_the_longest_overdue_stands_first_at_the_desk(client: Client, make: Make) -> None:
    lab = make.lab()
    new, old = (
        problem(make, lab, published=False, what=f"El {w} caso") for w in ("nuevo", "viejo")
    )
    duty = db.session.scalars(select(Duty).where(Duty.thing_id == old.id)).one()
    duty.due_on = duty.due_on.replace(year=2020)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    url = f"/labs/{lab.slug}/problems/received/"

    page = client.get(url).text
    rest = client.get(f"{url}?after={duty.due_on}.{old.id}").text

    assert page.index("viejo") < page.index("nuevo")
    assert "viejo" not in rest
    assert new.thing.title in rest
    for odd in ("x", "2020-13-40.1", f"{duty.due_on}.-1", f"{duty.due_on}." + "9" * 40):
        assert client.get(url, query_string={"after": odd}).status_code == 200


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("", ProblemState.PUBLISHED),
        ("not-published/", ProblemState.REJECTED),
        ("received/", ProblemState.SENT),
    ],
)
def test_a_list_runs_the_same_statements_however_long_it_is(
    client: Client, make: Make, statements: Counting, place: str, state: ProblemState
) -> None:
    counts = []
    for many in (10, 1000):
        lab = make.lab()
        fill(lab, many, state)
        sign_in(client, make.actor(lab, Role.FACILITATOR))
        with statements() as run:
            page = client.get(f"/labs/{lab.slug}/problems/{place}")
        assert page.text.count("app-card") >= 10
        counts.append(run.count)

    assert counts[0] == counts[1] <= 7


def fill(lab: Lab, many: int, state: ProblemState) -> None:
    """Add many problems at once."""
    start = (db.session.scalar(select(func.max(Thing.id))) or 0) + 1
    public, rejected = state is ProblemState.PUBLISHED, state is ProblemState.REJECTED
    ids = range(start, start + many)
    db.session.execute(
        insert(Thing),
        [
            {
                "id": n,
                "lab_id": lab.id,
                "kind": Kind.PROBLEM,
                "number": n - start + 1 if public else None,
                "title": f"Problema {n}",
                "state": state,
                "published_at": NOW if public else None,
                "lang": "es",
            }
            for n in ids
        ],
    )
    db.session.execute(
        insert(Problem),
        [
            {
                "id": n,
                "what": f"Problema {n}",
                "place_said": "Aquí",
                "told_at": NOW,
                "published_at": NOW if public else None,
                "rejected_at": NOW if rejected else None,
                "reason": "No" if rejected else "",
            }
            for n in ids
        ],
    )
    db.session.execute(
        insert(Duty),
        [
            {
                "thing_id": n,
                "lab_id": lab.id,
                "what": "moderation",
                "owed_by": "facilitator",
                "due_on": NOW.date(),
                "basis": "",
            }
            for n in ids
        ],
    )
