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
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import VISITOR
from labapp.domain.stage import OPEN, Stage
from labapp.problems import queries, service
from labapp.problems.models import ProblemState
from labapp.problems.room import room
from labapp.problems.service import ProblemText, supports
from labapp.record import queries as record
from labapp.record.acting import Acting
from labapp.responses.models import Decision, Response
from labapp.thread import service as thread
from labapp.thread.models import Duty
from tests.make import NOW, Make
from tests.problems.make import problem

TOLD = ProblemText(what="No hay luz en la parada.", where="Frente a la escuela")


@pytest.mark.parametrize("stage", Stage)
def test_a_problem_is_received_from_the_call_to_the_follow_up(make: Make, stage: Stage) -> None:
    lab = make.lab(stage)

    if stage not in OPEN:
        with pytest.raises(Denied):
            service.tell(Acting(lab, VISITOR, NOW), told=TOLD, days=3)
        return
    row = service.tell(Acting(lab, VISITOR, NOW), told=TOLD, days=3)

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

    number = service.publish(Acting(lab, actor, NOW), problem=second)

    assert number == 1
    assert first.thing.number is None
    assert second.thing.published_at == second.published_at == NOW
    assert db.session.scalars(select(Duty.met_on).where(Duty.thing_id == second.id)).one()


def test_of_two_decisions_the_second_is_told_so(make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab)
    actor = make.actor(lab, Role.FACILITATOR)

    with pytest.raises(Conflict):
        service.reject(
            Acting(lab, actor, NOW), problem=row, code=RemovalCode.NAMES_PERSON, words="No"
        )
    with pytest.raises(Conflict):
        service.publish(Acting(lab, actor, NOW), problem=row)

    assert row.state is ProblemState.PUBLISHED


@pytest.mark.parametrize("role", [Role.MEMBER, Role.REVIEWER, Role.ALLY])
def test_only_a_facilitator_decides(make: Make, role: Role) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)
    actor = make.actor(lab, role)

    with pytest.raises(Denied):
        service.give_back(Acting(lab, actor, NOW), problem=row, words="No")
    with pytest.raises(Denied):
        service.reject(Acting(lab, actor, NOW), problem=row, code=RemovalCode.INSULT, words="No")
    with pytest.raises(Denied):
        service.publish(Acting(lab, actor, NOW), problem=row)


def test_what_was_returned_is_corrected_and_its_clock_starts_anew(make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False, what="Arreglen eso.")
    actor = make.actor(lab, Role.FACILITATOR)
    service.give_back(Acting(lab, actor, NOW), problem=row, words="Cuéntenos qué pasa.")
    later = NOW + timedelta(days=5)

    service.correct(Acting(lab, VISITOR, later), problem=row, told=TOLD, days=3)

    duty = db.session.scalars(select(Duty).where(Duty.thing_id == row.id)).one()
    assert row.state is ProblemState.SENT
    assert row.thing.title == TOLD.what
    assert (duty.met_on, (duty.due_on - later.date()).days) == (None, 3)


def test_a_problem_that_was_not_returned_is_not_corrected(make: Make) -> None:
    lab = make.lab()

    with pytest.raises(Conflict):
        service.correct(
            Acting(lab, VISITOR, NOW),
            problem=problem(make, lab, published=False),
            told=TOLD,
            days=3,
        )


def test_a_rejection_without_a_reason_cannot_be_written(make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)

    with pytest.raises(IntegrityError):
        service.reject(
            Acting(lab, make.actor(lab, Role.FACILITATOR), NOW),
            problem=row,
            code=RemovalCode.NAMES_PERSON,
            words="",
        )
    db.session.rollback()


def test_merging_never_moves_a_support(make: Make) -> None:
    lab = make.lab()
    one, two = problem(make, lab), problem(make, lab, what="Pasamos días sin agua.")
    neighbours = [make.actor(lab, Role.MEMBER) for _ in range(3)]
    for neighbour in neighbours:
        supports.give(Acting(lab, neighbour, NOW), problem=two)
    supports.give(Acting(lab, neighbours[0], NOW), problem=one)

    actor = make.actor(lab, Role.FACILITATOR)
    service.merge(Acting(lab, actor, NOW), problem=two, into=one, reason="Es lo mismo.")

    assert (one.supports, two.supports) == (1, 3)
    with pytest.raises(Conflict):
        supports.give(Acting(lab, make.actor(lab), NOW), problem=two)
    supports.give(Acting(lab, neighbours[1], NOW), problem=one)
    assert one.supports == 2
    assert not list(faults_of(room))


def test_joining_one_under_review_publishes_it_under_its_own_number(make: Make) -> None:
    lab = make.lab()
    one, two = problem(make, lab), problem(make, lab, published=False)

    actor = make.actor(lab, Role.FACILITATOR)
    service.merge(Acting(lab, actor, NOW), problem=two, into=one, reason="Es lo mismo.")

    assert two.thing.number == 2
    assert two.state is ProblemState.MERGED


def test_a_problem_is_not_joined_with_itself_nor_with_one_already_joined(make: Make) -> None:
    lab = make.lab()
    actor = make.actor(lab, Role.FACILITATOR)
    one, two, three = (problem(make, lab) for _ in range(3))
    service.merge(Acting(lab, actor, NOW), problem=two, into=one, reason="Es lo mismo.")

    for into in (three, two):
        with pytest.raises(Conflict):
            service.merge(Acting(lab, actor, NOW), problem=three, into=into, reason="Igual.")
    elsewhere = problem(make, make.lab())
    with pytest.raises(Conflict):
        service.merge(Acting(lab, actor, NOW), problem=three, into=elsewhere, reason="Igual.")


def test_only_a_facilitator_types_in_papers(make: Make) -> None:
    lab = make.lab()

    with pytest.raises(Denied):
        service.tell(Acting(lab, make.actor(lab), NOW), told=TOLD, on_paper=True, days=3)
    row = service.tell(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW), told=TOLD, on_paper=True, days=3
    )

    assert row.on_paper
    assert row.author_id is None


def test_facts_count_what_the_workflow_asks(make: Make) -> None:
    lab, other = make.lab(), make.lab()
    facilitator = make.actor(lab, Role.FACILITATOR)
    problem(make, other)
    rows = [problem(make, lab, what=f"Problema número {n}") for n in range(5)]
    service.merge(Acting(lab, facilitator, NOW), problem=rows[3], into=rows[0], reason="Igual.")
    problem(make, lab, published=False)
    returned = problem(make, lab, published=False)
    service.give_back(Acting(lab, facilitator, NOW), problem=returned, words="¿Dónde?")
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
    service.reject(
        Acting(lab, actor, NOW),
        problem=row,
        code=RemovalCode.NAMES_PERSON,
        words="Señala a una persona.",
    )
    db.session.commit()

    entries = record.about([row.id])

    assert list(record.faults()) == []
    assert not any("Fulano" in e.before + e.after + e.reason for e in entries)
