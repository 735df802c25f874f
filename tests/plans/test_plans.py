"""Plans and targets are written by ANTAI and read by everybody."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.plans import queries, service
from labapp.plans.models import Measure, Plan
from labapp.record.acting import Acting
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
TODAY = NOW.date()
TARGET = {"title": "Diez laboratorios", "measure": "new_labs", "goal": "10", "commitment": ""}
ANTAI = Actor(None, frozenset({Role.REVIEWER}))


def test_a_plan_has_an_address_of_its_own(world: None) -> None:
    plans = [
        service.add_plan(Acting(None, ANTAI, NOW), name=name, starts_on=TODAY, ends_on=TODAY)
        for name in ("5.º Plan de Acción", "5.º plan de acción", "New", "¿?")
    ]

    assert [plan.slug for plan in plans] == [
        "5-o-plan-de-accion",
        "5-o-plan-de-accion-2",
        "new-2",
        "plan",
    ]


def test_a_plan_cannot_end_before_it_starts(world: None) -> None:
    before = TODAY - timedelta(days=1)

    with pytest.raises(Conflict):
        service.add_plan(Acting(None, ANTAI, NOW), name="Plan", starts_on=TODAY, ends_on=before)


def test_targets_stand_in_the_order_written(make: Make) -> None:
    plan = make.plan()
    for title in ("b", "a"):
        service.add_target(
            Acting(None, ANTAI, NOW),
            plan,
            service.TargetDraft(title=title, measure=Measure.MEETINGS, goal=0),
        )
    db.session.expire_all()

    found = queries.by_slug(plan.slug)

    assert found
    assert [target.title for target in found.targets] == ["b", "a"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REVIEWER, Role.ADMINISTRATOR}))
def test_nobody_but_antai_writes_targets(make: Make, role: Role) -> None:
    actor = Actor(make.person().id, frozenset({role}))

    with pytest.raises(Denied):
        service.add_target(
            Acting(None, actor, NOW),
            make.plan(),
            service.TargetDraft(title="x", measure=Measure.MEETINGS, goal=1),
        )


@pytest.mark.parametrize("known", ["PA12", "PA12345", "XX0001", "PA００01"])
def test_a_commitment_has_the_form_of_ogp(make: Make, known: str) -> None:
    with pytest.raises(Conflict):
        service.add_target(
            Acting(None, ANTAI, NOW),
            make.plan(),
            service.TargetDraft(title="x", measure=Measure.MEETINGS, goal=1, commitment=known),
        )


def test_antai_writes_and_changes_a_target(client: Client, make: Make) -> None:
    plan, antai = make.plan(), make.person(Role.REVIEWER)
    page = f"/plans/{plan.slug}/targets"
    assert client.get(page).status_code == 302
    sign_in(client, antai)

    for _ in range(2):
        assert client.post(page, data=TARGET | {"once": "a-mark-of-this-form"}).status_code == 302
    (target,) = plan.targets
    client.post(f"{page}/{target.id}", data=TARGET | {"goal": "12", "commitment": "pa0030"})

    assert (target.goal, target.commitment) == (12, "PA0030")
    assert "Diez laboratorios" in client.get(page).text


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "a\0"},
        {"measure": "votes"},
        {"goal": "-1"},
        {"goal": "diez"},
        {"goal": "9" * 30},
        {"commitment": "nada"},
    ],
    ids=str,
)
def test_a_target_with_a_mistake_is_asked_again(
    client: Client, make: Make, change: dict[str, str]
) -> None:
    plan = make.plan()
    sign_in(client, make.person(Role.REVIEWER))

    answer = client.post(f"/plans/{plan.slug}/targets", data=TARGET | change)

    assert answer.status_code == 422
    assert not plan.targets


def test_a_target_of_another_plan_is_not_found(client: Client, make: Make) -> None:
    plan, other = make.plan(), make.plan()
    theirs = service.add_target(
        Acting(None, ANTAI, NOW),
        other,
        service.TargetDraft(title="x", measure=Measure.MEETINGS, goal=1),
    )
    sign_in(client, make.person(Role.REVIEWER))

    for number in (theirs.id, 999_999):
        assert client.get(f"/plans/{plan.slug}/targets/{number}").status_code == 404
    assert client.get("/plans/none/targets").status_code == 404


def test_antai_adds_a_plan(client: Client, make: Make) -> None:
    form = {"name": "6.º Plan", "starts_on": "2026-01-01", "ends_on": "2027-12-31"}
    sign_in(client, make.person(Role.REVIEWER))

    assert client.post("/plans/new", data=form | {"ends_on": "2025-01-01"}).status_code == 422
    assert client.post("/plans/new", data=form).headers["Location"] == "/plans/6-o-plan/targets"

    assert "6.º Plan" in client.get("/plans/").text


def test_a_neighbour_adds_no_plan(client: Client, make: Make) -> None:
    sign_in(client, make.person())

    assert client.get("/plans/new").status_code == 403
    assert "/plans/new" not in client.get("/plans/").text


def test_the_list_of_plans_runs_the_same_statements_for_ten_and_a_thousand(
    client: Client, statements: Count
) -> None:
    counts = []
    for size in (10, 1000):
        day = date(2026, 1, 1)
        rows = [
            {"slug": f"p{size}-{n}", "name": "P", "starts_on": day, "ends_on": day, "source": ""}
            for n in range(size)
        ]
        db.session.execute(insert(Plan), rows)
        db.session.commit()
        with statements() as run:
            text = client.get("/plans/").text
        counts.append(run.count)

    assert counts[0] == counts[1]
    assert text.count('app-card"') == 25
    assert client.get("/plans/?after=26").text.count('app-card"') == 25
