"""A lab moves only where the table lets it, and only one of two people moves it."""

import threading

import pytest
from flask import Flask

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied, Refusal
from labapp.domain.kinds import Kind
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import LabKind, Stage
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.labs.service import Where
from labapp.problems import service as problems
from labapp.record.acting import Acting
from labapp.stages import service
from labapp.thread import service as thread
from tests.labs.make import COMARCA, places
from tests.make import NOW, Make
from tests.problems.make import problem
from tests.voting import make as voting


def facilitator(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.FACILITATOR)


def test_an_approved_lab_opens_its_call(make: Make) -> None:
    lab = make.lab(Stage.PREPARATION)

    service.move(Acting(lab, facilitator(make, lab), NOW), target=Stage.CALL)

    assert (lab.stage, lab.stage_since) == (Stage.CALL, NOW)


def test_a_lab_that_antai_has_not_approved_opens_nothing(make: Make) -> None:
    lab = make.lab(Stage.PREPARATION)
    lab.approved_at = lab.approved_by_id = None

    with pytest.raises(Blocked):
        service.move(Acting(lab, facilitator(make, lab), NOW), target=Stage.CALL)


def test_a_lab_in_a_comarca_cannot_open_its_call_without_the_record(make: Make) -> None:
    places(make)
    lab = make.lab(Stage.PREPARATION)
    actor = facilitator(make, lab)
    labs.relocate(Acting(lab, actor, NOW), where=Where((COMARCA,)))
    with pytest.raises(Blocked):
        service.move(Acting(lab, actor, NOW), target=Stage.CALL)

    labs.record_authority(
        Acting(lab, actor, NOW), authority="Congreso", agreed_on=NOW.date(), how="Acta"
    )
    service.move(Acting(lab, actor, NOW), target=Stage.CALL)

    assert lab.stage is Stage.CALL


def test_a_follow_up_lab_without_its_earlier_lab_is_refused(make: Make) -> None:
    lab, earlier = make.lab(Stage.PREPARATION), make.lab(Stage.CLOSED)
    actor = facilitator(make, lab)
    labs.choose_kind(Acting(lab, actor, NOW), kind=LabKind.FOLLOW_UP)
    with pytest.raises(Blocked):
        service.move(Acting(lab, actor, NOW), target=Stage.CALL)

    problem = thread.add(
        Kind.PROBLEM, title="El agua", state="published", lab_id=earlier.id, published_at=NOW
    )
    service.name_earlier(Acting(lab, actor, NOW), earlier=earlier, problem=problem)
    service.move(Acting(lab, actor, NOW), target=Stage.DEFINITION)

    assert lab.stage is Stage.DEFINITION


def test_a_problem_of_a_third_lab_is_not_the_earlier_one(make: Make) -> None:
    lab, earlier = make.lab(Stage.PREPARATION), make.lab(Stage.CLOSED)
    actor = facilitator(make, lab)
    labs.choose_kind(Acting(lab, actor, NOW), kind=LabKind.FOLLOW_UP)
    other = thread.add(Kind.PROBLEM, title="Otro", state="published", lab_id=make.lab().id)

    for named, one in ((earlier, other), (lab, None)):
        with pytest.raises(Conflict):
            service.name_earlier(Acting(lab, actor, NOW), earlier=named, problem=one)


def test_a_lab_goes_back_one_stage_with_a_reason(make: Make) -> None:
    lab = make.lab(Stage.IDEATION)
    actor = facilitator(make, lab)
    with pytest.raises(Conflict):
        service.move(Acting(lab, actor, NOW), target=Stage.DEFINITION)

    service.move(Acting(lab, actor, NOW), target=Stage.DEFINITION, reason="Faltó gente")

    assert lab.stage is Stage.DEFINITION


@pytest.mark.parametrize("away", [Stage.SUSPENDED, Stage.CANCELLED])
def test_a_lab_that_stopped_returns_to_where_it_was(make: Make, away: Stage) -> None:
    lab = make.lab(Stage.IDEATION)
    actor = facilitator(make, lab)
    service.move(Acting(lab, actor, NOW), target=away, reason="Lluvias")
    assert lab.left_from is Stage.IDEATION
    with pytest.raises(Blocked):
        service.move(Acting(lab, actor, NOW), target=Stage.CALL, reason="Otra vez")

    service.move(Acting(lab, actor, NOW), target=Stage.IDEATION, reason="Pasaron")

    assert str(lab.stage) == "ideation"
    assert lab.left_from is None


def test_a_member_moves_nothing(make: Make) -> None:
    lab = make.lab(Stage.IDEATION)

    with pytest.raises(Denied):
        service.move(
            Acting(lab, make.actor(lab, Role.MEMBER), NOW), target=Stage.DEFINITION, reason="Sí"
        )


def test_of_two_who_move_a_lab_at_once_one_succeeds(make: Make, app: Flask) -> None:
    lab = make.lab(Stage.IDEATION)
    actor, lab_id = facilitator(make, lab), lab.id
    db.session.commit()
    told: list[object] = []
    together = threading.Barrier(4)

    def go() -> None:
        with app.app_context():
            together.wait(20)
            try:
                ours = db.session.get_one(Lab, lab_id)
                service.move(Acting(ours, actor, NOW), target=Stage.DEFINITION, reason="Sí")
                db.session.commit()
                told.append("moved")
            except Refusal as refusal:
                db.session.rollback()
                told.append(type(refusal))
            db.session.remove()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)

    assert told.count("moved") == 1
    assert set(told) <= {"moved", Conflict, Blocked}
    db.session.expire_all()
    assert lab.stage is Stage.DEFINITION


def test_a_lab_never_goes_back_while_a_vote_is_open(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 3)
    vote = voting.vote(make, lab)
    actor = facilitator(make, lab)
    with pytest.raises(Blocked, match="vote"):
        service.move(Acting(lab, actor, NOW), target=Stage.IDEATION, reason="Otra vez")

    voting.finish(vote)
    service.move(Acting(lab, actor, NOW), target=Stage.IDEATION, reason="Otra vez")

    assert lab.stage is Stage.IDEATION


def test_a_lab_with_a_problem_waiting_or_no_meeting_looks_for_no_solutions(make: Make) -> None:
    lab = make.lab(Stage.DEFINITION)
    actor = facilitator(make, lab)
    problem(make, lab)
    waiting = problem(make, lab, published=False)
    with pytest.raises(Blocked, match="waiting"):
        service.move(Acting(lab, actor, NOW), target=Stage.IDEATION)

    problems.publish(Acting(lab, actor, NOW), problem=waiting)

    with pytest.raises(Blocked, match="meeting"):
        service.move(Acting(lab, actor, NOW), target=Stage.IDEATION)


def test_a_problem_received_is_enough_for_the_definition(make: Make) -> None:
    lab = make.lab(Stage.CALL)
    actor = facilitator(make, lab)
    with pytest.raises(Blocked):
        service.move(Acting(lab, actor, NOW), target=Stage.DEFINITION)

    problem(make, lab, published=False)
    service.move(Acting(lab, actor, NOW), target=Stage.DEFINITION)

    assert lab.stage is Stage.DEFINITION
