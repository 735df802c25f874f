"""Telling, reviewing and joining problems: the acts and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.descents import DescentKind
from labapp.domain.errors import Conflict, Denied
from labapp.domain.kinds import Kind
from labapp.domain.policy import Role
from labapp.domain.roles import VISITOR
from labapp.domain.stage import OPEN, Stage
from labapp.problems import queries, service, support
from labapp.problems.models import ProblemState
from labapp.problems.room import room
from labapp.problems.service import Told
from labapp.record import queries as record
from labapp.responses.models import Decision, Response
from labapp.thread import service as thread
from labapp.thread.models import Duty
from tests.make import NOW, Make
from tests.problems.make import problem

TOLD = Told(what="No hay luz en la parada.", where="Frente a la escuela")


@pytest.mark.parametrize("stage", Stage)
def test_a_problem_is_received_from_the_call_to_the_follow_up(make: Make, stage: Stage) -> None:
    lab = make.lab(stage)

    if stage not in OPEN:
        with pytest.raises(Denied):
            service.tell(lab, VISITOR, told=TOLD, days=3, now=NOW)
        return
    row = service.tell(lab, VISITOR, told=TOLD, days=3, now=NOW)

    assert row.state is ProblemState.SENT
    assert row.thing.number is None
    assert row.thing.code is not None
    assert len(row.thing.code) == 10


def test_the_review_is_owed_three_days_after_it_was_told(make: Make) -> None:
    row = problem(make, make.lab(), published=False)

    duty = db.session.scalars(select(Duty).where(Duty.thing_id == row.id)).one()
    assert duty.what == "moderation"
    assert (duty.due_on - NOW.date()).days == 3
    assert duty.met_on is None


def test_the_number_is_given_when_it_is_published(make: Make) -> None:
    lab = make.lab()
    first, second = (problem(make, lab, published=False) for _ in range(2))
    actor = make.actor(lab, Role.FACILITATOR)

    number = service.publish(lab, actor, problem=second, now=NOW)

    assert number == 1
    assert first.thing.number is None
    assert second.thing.published_at == second.published_at == NOW
    assert db.session.scalars(select(Duty.met_on).where(Duty.thing_id == second.id)).one()


def test_of_two_decisions_the_second_is_told_so(make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab)
    actor = make.actor(lab, Role.FACILITATOR)

    with pytest.raises(Conflict):
        service.reject(lab, actor, problem=row, reason="No", now=NOW)
    with pytest.raises(Conflict):
        service.publish(lab, actor, problem=row, now=NOW)

    assert row.state is ProblemState.PUBLISHED


@pytest.mark.parametrize("role", [Role.MEMBER, Role.REVIEWER, Role.ALLY])
def test_only_a_facilitator_decides(make: Make, role: Role) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)
    actor = make.actor(lab, role)

    for act in (service.give_back, service.reject):
        with pytest.raises(Denied):
            act(lab, actor, problem=row, reason="No", now=NOW)
    with pytest.raises(Denied):
        service.publish(lab, actor, problem=row, now=NOW)


def test_what_was_returned_is_corrected_and_its_clock_starts_anew(make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False, what="Arreglen eso.")
    actor = make.actor(lab, Role.FACILITATOR)
    service.give_back(lab, actor, problem=row, reason="Cuéntenos qué pasa.", now=NOW)
    later = NOW + timedelta(days=5)

    service.correct(lab, VISITOR, problem=row, told=TOLD, days=3, now=later)

    duty = db.session.scalars(select(Duty).where(Duty.thing_id == row.id)).one()
    assert row.state is ProblemState.SENT
    assert row.thing.title == TOLD.what
    assert (duty.met_on, (duty.due_on - later.date()).days) == (None, 3)


def test_a_problem_that_was_not_returned_is_not_corrected(make: Make) -> None:
    lab = make.lab()

    with pytest.raises(Conflict):
        service.correct(
            lab,
            VISITOR,
            problem=problem(make, lab, published=False),
            told=TOLD,
            days=3,
            now=NOW,
        )


def test_a_rejection_without_a_reason_cannot_be_written(make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)

    with pytest.raises(IntegrityError):
        service.reject(lab, make.actor(lab, Role.FACILITATOR), problem=row, reason="", now=NOW)
    db.session.rollback()


def test_merging_never_moves_a_support(make: Make) -> None:
    lab = make.lab()
    one, two = problem(make, lab), problem(make, lab, what="Pasamos días sin agua.")
    neighbours = [make.actor(lab, Role.MEMBER) for _ in range(3)]
    for neighbour in neighbours:
        support.give(lab, neighbour, problem=two, now=NOW)
    support.give(lab, neighbours[0], problem=one, now=NOW)

    actor = make.actor(lab, Role.FACILITATOR)
    service.merge(lab, actor, problem=two, into=one, reason="Es lo mismo.", now=NOW)

    assert (one.supports, two.supports) == (1, 3)
    with pytest.raises(Conflict):
        support.give(lab, make.actor(lab), problem=two, now=NOW)
    support.give(lab, neighbours[1], problem=one, now=NOW)
    assert one.supports == 2
    assert not list(faults_of(room))


def test_joining_one_under_review_publishes_it_under_its_own_number(make: Make) -> None:
    lab = make.lab()
    one, two = problem(make, lab), problem(make, lab, published=False)

    actor = make.actor(lab, Role.FACILITATOR)
    service.merge(lab, actor, problem=two, into=one, reason="Es lo mismo.", now=NOW)

    assert two.thing.number == 2
    assert two.state is ProblemState.MERGED


def test_a_problem_is_not_joined_with_itself_nor_with_one_already_joined(make: Make) -> None:
    lab = make.lab()
    actor = make.actor(lab, Role.FACILITATOR)
    one, two, three = (problem(make, lab) for _ in range(3))
    service.merge(lab, actor, problem=two, into=one, reason="Es lo mismo.", now=NOW)

    for into in (three, two):
        with pytest.raises(Conflict):
            service.merge(lab, actor, problem=three, into=into, reason="Igual.", now=NOW)
    elsewhere = problem(make, make.lab())
    with pytest.raises(Conflict):
        service.merge(lab, actor, problem=three, into=elsewhere, reason="Igual.", now=NOW)


def test_supporting_twice_counts_once_and_it_can_be_taken_back(make: Make) -> None:
    lab = make.lab()
    row, neighbour = problem(make, lab), make.actor(lab)

    for _ in range(2):
        support.give(lab, neighbour, problem=row, now=NOW)
    assert row.supports == 1
    for _ in range(2):
        support.take_back(lab, neighbour, problem=row, now=NOW)

    assert row.supports == 0
    assert not list(faults_of(room))


def test_a_visitor_does_not_support(make: Make) -> None:
    lab = make.lab()

    with pytest.raises(Denied):
        support.give(lab, VISITOR, problem=problem(make, lab), now=NOW)


def test_hands_stand_apart_from_supports(make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab)

    support.count_hands(lab, make.actor(lab, Role.FACILITATOR), problem=row, hands=12, now=NOW)

    assert (row.hands, row.supports) == (12, 0)


def test_only_a_facilitator_types_in_papers(make: Make) -> None:
    lab = make.lab()

    with pytest.raises(Denied):
        service.tell(lab, make.actor(lab), told=TOLD, on_paper=True, days=3, now=NOW)
    row = service.tell(
        lab, make.actor(lab, Role.FACILITATOR), told=TOLD, on_paper=True, days=3, now=NOW
    )

    assert row.on_paper
    assert row.author_id is None


def test_facts_count_what_the_workflow_asks(make: Make) -> None:
    lab, other = make.lab(), make.lab()
    facilitator = make.actor(lab, Role.FACILITATOR)
    problem(make, other)
    rows = [problem(make, lab, what=f"Problema número {n}") for n in range(5)]
    service.merge(lab, facilitator, problem=rows[3], into=rows[0], reason="Igual.", now=NOW)
    problem(make, lab, published=False)
    returned = problem(make, lab, published=False)
    service.give_back(lab, facilitator, problem=returned, reason="¿Dónde?", now=NOW)
    proposal = thread.add(
        Kind.PROPOSAL, title="Reparar", state="admitted", lab_id=lab.id, published_at=NOW
    )
    thread.descend(proposal.id, rows[0].id, DescentKind.ANSWERS)
    refused = thread.add(
        Kind.PROPOSAL, title="Otra", state="refused", lab_id=lab.id, published_at=NOW
    )
    thread.descend(refused.id, rows[1].id, DescentKind.ANSWERS)

    assert queries.facts(lab.id) == (7, 5, 1, 3)

    make.keep(
        Response(
            thing_id=rows[1].id,
            version=1,
            decision=Decision.OUT_OF_SCOPE,
            reason="Toca a otra entidad.",
            office="Laboratorio",
            signer="Facilitador",
            answered_at=NOW,
        )
    )
    assert queries.facts(lab.id) == (7, 5, 1, 2)


def test_drift_is_found(make: Make) -> None:
    row = problem(make, make.lab())
    row.supports, row.thing.state, row.thing.published_at = 7, "sent", None
    db.session.flush()

    assert len(list(faults_of(room))) == 3


def test_the_record_of_a_problem_verifies_and_tells_no_text(make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False, what="Fulano se lleva el agua")
    actor = make.actor(lab, Role.FACILITATOR)
    service.reject(lab, actor, problem=row, reason="Señala a una persona.", now=NOW)
    db.session.commit()

    entries = record.about([row.id])

    assert list(record.faults()) == []
    assert not any("Fulano" in e.before + e.after + e.reason for e in entries)
