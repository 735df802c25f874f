"""What is declared and what is seen stand apart; who carries it out does not verify."""

from pathlib import Path

import pytest
from sqlalchemy import select

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied, Unreadable
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup import queries, service
from labapp.followup.models import Declaration, Evidence, Milestone
from labapp.followup.room import room
from labapp.followup.service.evidence import Attests
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.thread.models import Duty
from tests.files.make import PDF
from tests.followup.make import agreement, answers, evidence, step_of, visit
from tests.make import NOW, Make


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _step(make: Make, lab: Lab, *, has_work: bool = False, questions: int = 3) -> Milestone:
    step = step_of("Losa", questions=questions)
    return agreement(make, lab, step, has_work=has_work).milestones[0]


def _declare(
    make: Make,
    lab: Lab,
    step: Milestone,
    percent: int,
    folder: Path,
    *,
    proof: service.Proof | None = None,
) -> Declaration:
    who = make.actor(lab, Role.RESPONSIBLE, organization=step.agreement.organization)
    return service.declare(
        Acting(lab, who, NOW),
        step,
        percent=percent,
        note="Va bien.",
        proof=proof,
        folder=folder,
    )


def _confirm(make: Make, lab: Lab, step: Milestone, *yes: bool, who: Actor | None = None) -> None:
    who = who or make.actor(lab, Role.MEMBER)
    service.confirm(Acting(lab, who, NOW), step, answers=answers(step, *yes))


def _verify(make: Make, lab: Lab, step: Milestone, *yes: bool) -> None:
    service.verify(
        Acting(lab, make.actor(lab, Role.COMMITTEE), NOW),
        step,
        visit=visit(lab),
        answers=answers(step, *yes),
    )


def _by_link(step: Milestone) -> Actor:
    bodies = frozenset({step.agreement.organization_id})
    return Actor(None, frozenset({Role.RESPONSIBLE}), bodies)


def _duty(step: Milestone) -> Duty:
    return db.session.scalars(select(Duty).where(Duty.thing_id == step.id)).one()


def test_what_is_declared_does_not_move_what_was_seen(make: Make, lab: Lab, tmp_path: Path) -> None:
    step = _step(make, lab)

    _declare(make, lab, step, 80, tmp_path)

    assert (step.declared, step.verified, step.disputed) == (80, 0, False)


def test_complete_needs_evidence(make: Make, lab: Lab, tmp_path: Path) -> None:
    step = _step(make, lab)

    with pytest.raises(Blocked):
        _declare(make, lab, step, 100, tmp_path)
    _declare(make, lab, step, 100, tmp_path, proof=service.Proof(PDF))

    assert step.declared == 100
    assert db.session.scalars(select(Evidence)).one().attested_by == "entity"


def test_an_entity_declares_its_own_steps_alone(make: Make, lab: Lab, tmp_path: Path) -> None:
    step, other = _step(make, lab), make.actor(lab, Role.RESPONSIBLE)

    with pytest.raises(Denied):
        service.declare(
            Acting(lab, other, NOW),
            step,
            percent=1,
            note="",
            proof=None,
            folder=tmp_path,
        )


def test_a_draft_is_not_declared(make: Make, lab: Lab, tmp_path: Path) -> None:
    step = agreement(make, lab, accepted=False).milestones[0]

    with pytest.raises(Conflict):
        _declare(make, lab, step, 10, tmp_path)


def test_one_neighbour_is_not_enough(make: Make, lab: Lab) -> None:
    step, one = _step(make, lab), make.actor(lab, Role.MEMBER)
    evidence(make, lab, step)

    _confirm(make, lab, step, who=one)
    _confirm(make, lab, step, who=one)

    assert step.verified == 0
    assert queries.verification_summaries([step])[step.id].neighbours == 1


def test_two_neighbours_verify_what_both_saw(make: Make, lab: Lab, tmp_path: Path) -> None:
    step = _step(make, lab)
    evidence(make, lab, step)
    _declare(make, lab, step, 90, tmp_path)

    _confirm(make, lab, step, True, True, False)
    _confirm(make, lab, step, True, False, True)

    assert (step.verified, step.disputed) == (33, True)
    sight = queries.verification_summaries([step])[step.id]
    assert sight.given is not None
    assert [yes for yes, _ in sight.given.values()] == [True, False, False]


def test_what_is_seen_whole_meets_the_duty_and_is_owed_again_if_it_breaks(
    make: Make, lab: Lab
) -> None:
    step = _step(make, lab)
    evidence(make, lab, step)
    _confirm(make, lab, step)
    _confirm(make, lab, step)
    assert (step.verified, step.thing.state) == (100, "met")
    assert _duty(step).met_on == NOW.date()

    _confirm(make, lab, step, False)

    assert (step.verified, step.thing.state, _duty(step).met_on) == (66, "open", None)


def test_whoever_answers_for_an_entity_does_not_verify(make: Make, lab: Lab) -> None:
    step, both = _step(make, lab), make.actor(lab, Role.MEMBER, Role.RESPONSIBLE)

    with pytest.raises(Denied):
        _confirm(make, lab, step, who=both)


def test_whoever_declared_does_not_verify(make: Make, lab: Lab, tmp_path: Path) -> None:
    step = _step(make, lab)
    declared = _declare(make, lab, step, 10, tmp_path)
    later = Actor(declared.person_id, frozenset({Role.MEMBER}))

    with pytest.raises(Denied):
        _confirm(make, lab, step, who=later)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REVIEWER, Role.COMMITTEE, Role.ALLY])
def test_only_the_community_confirms(make: Make, lab: Lab, role: Role) -> None:
    step = _step(make, lab)

    with pytest.raises(Denied):
        _confirm(make, lab, step, who=make.actor(lab, role))


def test_every_question_must_be_answered(make: Make, lab: Lab) -> None:
    step = _step(make, lab)
    some = dict(list(answers(step).items())[1:])

    with pytest.raises(Conflict):
        service.confirm(Acting(lab, make.actor(lab, Role.MEMBER), NOW), step, answers=some)


def test_the_committee_disputes_what_is_declared(make: Make, lab: Lab, tmp_path: Path) -> None:
    step = _step(make, lab, has_work=True, questions=5)
    _declare(make, lab, step, 100, tmp_path, proof=service.Proof(PDF))

    _verify(make, lab, step, True, True, False, False, True)

    assert (step.declared, step.verified, step.disputed) == (100, 60, True)
    sight = queries.verification_summaries([step])[step.id]
    assert (sight.by_committee, sight.visit) == (True, 1)


def test_a_dispute_ends_with_a_second_look_or_when_the_entity_says_less(
    make: Make, lab: Lab, tmp_path: Path
) -> None:
    step = _step(make, lab, has_work=True)
    evidence(make, lab, step)
    _declare(make, lab, step, 80, tmp_path)
    _verify(make, lab, step, True, True, False)
    _declare(make, lab, step, 90, tmp_path)
    said_more = step.disputed

    _declare(make, lab, step, 60, tmp_path)
    said_less = step.disputed
    _verify(make, lab, step)

    assert (said_more, said_less) == (True, False)
    assert (step.verified, step.disputed) == (100, False)


def test_neighbours_look_beside_the_committee_and_do_not_count(make: Make, lab: Lab) -> None:
    step = _step(make, lab, has_work=True)
    evidence(make, lab, step)

    _confirm(make, lab, step)
    _confirm(make, lab, step)

    assert step.verified == 0
    assert queries.verification_summaries([step])[step.id].neighbours == 2


def test_the_committee_does_not_verify_where_there_is_no_work(make: Make, lab: Lab) -> None:
    with pytest.raises(Conflict):
        _verify(make, lab, _step(make, lab))


def test_evidence_that_is_no_photo_and_no_pdf_is_refused(
    make: Make, lab: Lab, tmp_path: Path
) -> None:
    step = _step(make, lab)

    with pytest.raises(Unreadable):
        service.add_evidence(
            Acting(lab, _by_link(step), NOW),
            step,
            proof=service.Proof(b"MZ not a photo"),
            attested_by=Attests.ENTITY,
            folder=tmp_path,
        )


def test_that_reserved_evidence_is_there_is_published_under_its_reason_alone(
    make: Make, lab: Lab, tmp_path: Path
) -> None:
    step = _step(make, lab)
    _declare(make, lab, step, 10, tmp_path, proof=service.Proof(PDF, "Lista", "Tiene nombres"))

    kept = db.session.scalars(select(Evidence)).one()

    assert (kept.public, kept.thing.published_at, kept.thing.state) == (False, NOW, "reserved")
    assert kept.thing.title == "Tiene nombres"
    db.session.commit()
    assert list(faults_of(room)) == []


def test_a_copy_in_the_thread_that_drifts_is_told(make: Make, lab: Lab, tmp_path: Path) -> None:
    step = _step(make, lab)
    _declare(make, lab, step, 10, tmp_path, proof=service.Proof(PDF))
    agreement(make, lab, accepted=False)
    _confirm(make, lab, step)
    _confirm(make, lab, step)
    db.session.commit()
    before = list(faults_of(room))

    step.thing.state, step.thing.title = "open", "Otro"
    db.session.flush()

    assert before == []
    assert len(list(faults_of(room))) == 2


def test_nobody_without_the_role_verifies_or_attests_for_the_committee(
    make: Make, lab: Lab, tmp_path: Path
) -> None:
    step = _step(make, lab, has_work=True)
    acting = Acting(lab, make.actor(lab, Role.MEMBER), NOW)

    with pytest.raises(Denied):
        service.verify(acting, step, visit=visit(lab), answers=answers(step, True, True, True))
    with pytest.raises(Denied):
        service.add_evidence(
            acting,
            step,
            proof=service.Proof(PDF),
            attested_by=Attests.COMMITTEE,
            folder=tmp_path,
        )
