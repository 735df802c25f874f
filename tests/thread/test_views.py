"""The thread page: both ways, in a fixed number of statements, and nothing hidden leaks."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from labapp.db import db, utcnow
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import KIND_AT, Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.thread import queries, service
from labapp.thread.models import Counter, Thing
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.statements import Statements

Counting = Callable[[], AbstractContextManager[Statements]]


def thing(lab: Lab, kind: Kind, title: str, *, published: bool = True) -> Thing:
    return service.add(
        kind,
        title=title,
        state="x",
        lab_id=lab.id,
        published_at=NOW if published else None,
    )


def page(client: Client, lab: Lab, of: Thing) -> str:
    return client.get(f"/labs/{lab.slug}/{of.kind.address}/{of.number}/thread").text


def test_the_line_runs_backwards_and_forwards_to_its_ends(client: Client, make: Make) -> None:
    lab = make.lab()
    problem = thing(lab, Kind.PROBLEM, "Agua color chocolate")
    proposal = thing(lab, Kind.PROPOSAL, "Reparar el tanque")
    agreement = thing(lab, Kind.AGREEMENT, "Se hará en abril")
    beside = thing(lab, Kind.PROPOSAL, "Otra cosa")
    service.descend(proposal.id, problem.id, DescentKind.ANSWERS)
    service.descend(beside.id, problem.id, DescentKind.ANSWERS)
    service.descend(agreement.id, proposal.id, DescentKind.CAME_FROM)

    seen = page(client, lab, proposal)

    assert problem.title in seen
    assert agreement.title in seen
    assert beside.title not in seen
    assert f"/labs/{lab.slug}/agreements/1/" in seen
    assert beside.title in page(client, lab, problem)


def test_a_problem_shows_the_meeting_where_its_proposal_was_spoken_of(
    client: Client, make: Make
) -> None:
    lab = make.lab()
    problem, proposal, said, meeting = (
        thing(lab, kind, f"the {kind}")
        for kind in (Kind.PROBLEM, Kind.PROPOSAL, Kind.CONTRIBUTION, Kind.MEETING)
    )
    service.descend(proposal.id, problem.id, DescentKind.ANSWERS)
    service.descend(proposal.id, said.id, DescentKind.CAME_FROM)
    service.descend(said.id, meeting.id, DescentKind.SAID_IN)

    text = page(client, lab, problem)

    assert "the contribution" in text
    assert "the meeting" in text


def test_a_hidden_thing_has_no_thread_and_shows_on_none(client: Client, make: Make) -> None:
    lab = make.lab()
    problem = thing(lab, Kind.PROBLEM, "Agua color chocolate")
    draft = thing(lab, Kind.PROPOSAL, "Un borrador secreto", published=False)
    last = thing(lab, Kind.AGREEMENT, "Se hará en abril")
    service.descend(draft.id, problem.id, DescentKind.ANSWERS)
    service.descend(last.id, draft.id, DescentKind.CAME_FROM)
    service.owe(draft, DutyKind.RESPONSE, owed_by="facilitator", due_on=NOW.date(), basis="")

    for who in (None, Role.MEMBER, Role.FACILITATOR):
        if who is not None:
            sign_in(client, make.actor(lab, who))
        for other in (problem, last):
            assert "secreto" not in page(client, lab, other)
        answer = client.get(f"/labs/{lab.slug}/proposals/{draft.number}/thread")
        assert answer.status_code == 404


def test_a_lab_not_approved_yet_shows_nowhere(client: Client, make: Make) -> None:
    lab, hidden = make.lab(), make.lab()
    hidden.approved_at = hidden.approved_by_id = None
    problem = thing(lab, Kind.PROBLEM, "Agua color chocolate")
    follow_up = thing(hidden, Kind.PROBLEM, "Todavía no se sabe")
    service.descend(follow_up.id, problem.id, DescentKind.CAME_FROM)

    assert follow_up.title not in page(client, lab, problem)


def test_a_circle_ends(client: Client, make: Make) -> None:
    lab = make.lab()
    one, two = thing(lab, Kind.PROBLEM, "Uno"), thing(lab, Kind.PROBLEM, "Dos")
    service.descend(one.id, two.id, DescentKind.JOINED_WITH)
    service.descend(two.id, one.id, DescentKind.JOINED_WITH)

    assert "Dos" in page(client, lab, one)


def test_what_is_late_says_who_owes_it_and_since_when(client: Client, make: Make) -> None:
    lab = make.lab()
    letter = thing(lab, Kind.LETTER, "Carta a la alcaldía")
    due = local_day(utcnow()) - timedelta(days=22)
    service.owe(letter, DutyKind.LETTER, owed_by="Alcaldía (ejemplo)", due_on=due, basis="")

    seen = page(client, lab, letter)

    assert "app-thread__knot--owed" in seen
    assert "Alcaldía (ejemplo), desde el" in seen
    assert "hace 22 días" in seen


@pytest.mark.parametrize("plural", [*KIND_AT, "nothing"])
def test_a_thread_of_nothing_is_not_found(client: Client, make: Make, plural: str) -> None:
    lab = make.lab()

    for number in ("1", "0", "99999999999999999999", "x"):
        assert client.get(f"/labs/{lab.slug}/{plural}/{number}/thread").status_code == 404


def test_a_meeting_of_the_plan_has_its_thread(client: Client, make: Make) -> None:
    plan = make.plan()
    meeting = service.add(
        Kind.MEETING, title="La mesa", state="closed", plan_id=plan.id, published_at=NOW
    )
    said = service.add(
        Kind.CONTRIBUTION, title="Más áreas", state="x", plan_id=plan.id, published_at=NOW
    )
    service.descend(said.id, meeting.id, DescentKind.SAID_IN)

    answer = client.get(f"/plans/{plan.slug}/sessions/1/thread")

    assert answer.status_code == 200
    assert "Más áreas" in answer.text
    assert client.get(f"/plans/{plan.slug}/sessions/2/thread").status_code == 404


def test_a_long_thread_costs_no_more_statements(
    client: Client, make: Make, statements: Counting
) -> None:
    counts = []
    for many in (3, 90):
        lab = make.lab()
        problem = thing(lab, Kind.PROBLEM, "Agua color chocolate")
        for n in range(many):
            child = thing(lab, Kind.PROPOSAL, f"Propuesta {n}")
            service.descend(child.id, problem.id, DescentKind.ANSWERS)
        with statements() as run:
            seen = page(client, lab, problem)
        assert seen.count(f"/labs/{lab.slug}/proposals/") == many
        counts.append(run.count)

    assert counts[0] == counts[1] <= 5


def test_a_counter_behind_its_numbers_is_found(make: Make) -> None:
    lab = make.lab()
    thing(lab, Kind.PROBLEM, "Uno")
    assert list(queries.drift()) == []

    counter = db.session.get(Counter, (f"lab:{lab.id}", Kind.PROBLEM))
    assert counter is not None
    counter.last = 0
    db.session.flush()

    assert len(list(queries.drift())) == 1


def test_a_long_line_folds_its_middle_away_and_never_what_is_late(
    client: Client, make: Make
) -> None:
    lab = make.lab()
    problem = thing(lab, Kind.PROBLEM, "Agua color chocolate")
    for days in range(14):
        proposal = thing(lab, Kind.PROPOSAL, f"Propuesta del día {days}")
        proposal.published_at = NOW + timedelta(days=days)
        service.descend(proposal.id, problem.id, DescentKind.ANSWERS)
    due = local_day(utcnow()) - timedelta(days=22)
    service.owe(problem, DutyKind.RESPONSE, owed_by="facilitator", due_on=due, basis="")

    whole = page(client, lab, problem)
    folded = whole[
        whole.index('<details class="app-thread__more">') : whole.index("</ol></details>")
    ]

    assert "pasaron 12 cosas más" in folded
    assert folded.count("Propuesta del día") == 12
    assert whole.count("Propuesta del día") >= 14
    assert "app-thread__knot--owed" not in folded
    assert "app-thread__knot--owed" in whole
