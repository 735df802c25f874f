"""Lists of this room and of audits run the same statements however many rows there are."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import insert

from labapp.audits.models import Committee, Finding, Visit, Work
from labapp.db import Base, db
from labapp.domain.kinds import Kind
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.followup.models import Agreement, Milestone
from labapp.labs.models import Lab
from labapp.review.models import Review
from labapp.thread.models import Duty, Thing
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.statements import Statements

Counter = Callable[[], AbstractContextManager[Statements]]
DAY = NOW.date()
IN_LAB = ("works/", "committees/", "visits/", "findings/", "reviews/")
ON_DESK = ("reviews", "overdue", "gaps", "committees")
#: Where the ids of each kind begin in these tests.
FROM = {
    Kind.AGREEMENT: 0,
    Kind.MILESTONE: 1_000_000,
    Kind.WORK: 2_000_000,
    Kind.COMMITTEE: 3_000_000,
    Kind.VISIT: 4_000_000,
    Kind.FINDING: 5_000_000,
    Kind.REVIEW: 6_000_000,
}


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def test_lists_run_the_same_statements_for_10_and_1000(
    make: Make, client: Client, lab: Lab, statements: Counter
) -> None:
    sign_in(client, make.person(Role.REVIEWER))
    paths = [f"/labs/{lab.slug}/{path}" for path in IN_LAB]
    paths += ["/committees/", "/desk/", *(f"/desk/{part}" for part in ON_DESK)]
    counts: list[dict[str, int]] = []
    for many in (10, 990):
        _fill(make, lab, many)
        counts.append({path: _statements(client, path, statements) for path in paths})

    assert counts[0] == counts[1]
    for path in paths:
        page = client.get(path).text
        assert ("after=" in page) is (path != "/desk/"), path


def _statements(client: Client, path: str, statements: Counter) -> int:
    db.session.commit()
    with statements() as run:
        assert client.get(path).status_code == 200
    return run.count


def test_every_row_of_a_desk_list_is_on_one_of_its_pages(
    make: Make, client: Client, lab: Lab
) -> None:
    _fill(make, lab, 60)
    sign_in(client, make.person(Role.REVIEWER))

    for part in ON_DESK:
        seen, path = 0, f"/desk/{part}"
        while path:
            page = client.get(path).text
            seen += page.count('class="app-card')
            _before, more, rest = page.partition('href="?after=')
            path = f"/desk/{part}?after={rest.partition(chr(34))[0]}" if more else ""
        # The list of cards bears the class of a card too, once a page.
        assert seen - 3 == 60, part


def _fill(make: Make, lab: Lab, many: int) -> None:
    """Add so many of each kind, each work with its agreement, committee, visit and finding."""
    body = make.organization().id
    first = make.number() * 1000
    numbers = range(first, first + many)
    for kind, base in FROM.items():
        thing = {"kind": kind, "lab_id": lab.id, "title": "x", "published_at": NOW}
        state = "sent" if kind is Kind.REVIEW else "reported"
        _insert(Thing, [{"id": base + n, "number": n, "state": state, **thing} for n in numbers])
    agreed = {"organization_id": body, "what": "x", "drafted_at": NOW}
    yes = {"accepted_on": DAY, "accepted_how": "meeting-1"}
    _insert(Agreement, [{"id": n, **agreed, **yes} for n in numbers])
    step = {"position": 1, "title": "x", "weight": 1, "due_on": DAY, "declared": 50}
    of = FROM[Kind.MILESTONE]
    _insert(Milestone, [{"id": of + n, "agreement_id": n, **step} for n in numbers])
    built = {"reference": "x", "contractor": "x", "cost": 1, "starts_on": DAY, "ends_on": DAY}
    work = FROM[Kind.WORK]
    _insert(Work, [{"id": work + n, "agreement_id": n, **built} for n in numbers])
    told = {"formed_on": DAY, "constituted_on": DAY, "reported_on": DAY}
    named = {"name": "x", "chosen_how": "x", "chosen_in": "otherwise"}
    by = FROM[Kind.COMMITTEE]
    _insert(Committee, [{"id": by + n, "work_id": work + n, **named, **told} for n in numbers])
    went = {"visited_on": DAY, "present": 5, "recorded_at": NOW}
    visit = FROM[Kind.VISIT]
    _insert(
        Visit,
        [
            {"id": visit + n, "committee_id": by + n, "milestone_id": of + n, **went}
            for n in numbers
        ],
    )
    seen = {"sort": "technical", "severity": "grave", "text": "x"}
    days = {"raised_on": DAY, "reply_due_on": DAY}
    found = FROM[Kind.FINDING]
    _insert(Finding, [{"id": found + n, "committee_id": by + n, **seen, **days} for n in numbers])
    owed = {"what": "reply", "owed_by": "x", "due_on": DAY, "basis": "x", "lab_id": lab.id}
    _insert(Duty, [{"thing_id": found + n, **owed} for n in numbers])
    period = {"period_starts_on": DAY, "period_ends_on": DAY, "report": "x"}
    sent = {"sent_at": NOW, "due_on": DAY + timedelta(days=15)}
    of_review = FROM[Kind.REVIEW]
    _insert(Review, [{"id": of_review + n, **period, **sent} for n in numbers])


def _insert(table: type[Base], rows: list[dict[str, object]]) -> None:
    db.session.execute(insert(table), rows)
