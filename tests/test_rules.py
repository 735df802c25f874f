"""The rules of the domain about who checks and what is called done: one test each, by its number.

``DOMAIN.md`` of the founders numbers them 1 to 28; each test bears the sentence it tries. The other
files try each rule's opposites, orders and doors; here a reader finds every rule once.
"""

from datetime import timedelta

import pytest

from labapp import hooks
from labapp.accounts.models import Person
from labapp.audits import queries as audit_queries
from labapp.audits import service as audits
from labapp.db import db
from labapp.domain.committee import CommitteeState
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.kinds import Kind
from labapp.domain.ogp_completion import IRM, OgpCompletion
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup import service as followup
from labapp.followup.models import LetterAnswer, Milestone
from labapp.followup.states import MilestoneState
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import grant
from labapp.record.acting import Acting
from labapp.review import service as review
from labapp.stages import debts, queries
from labapp.stages import service as stages
from labapp.thread.models import Duty
from tests.audits import make as watching
from tests.followup import make as agreeing
from tests.make import NOW, Make
from tests.review import make as reviewing
from tests.stages import make as closing

DAY = timedelta(days=1)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _confirm(lab: Lab, step: Milestone, actor: Actor, *yes: bool) -> None:
    followup.confirm(Acting(lab, actor, NOW), step, answers=agreeing.answers(step, *yes))


def test_01_four_are_no_committee_and_losing_the_fifth_makes_it_inactive(
    make: Make, lab: Lab
) -> None:
    made = watching.watch(make, lab, seats=4, certified=False)
    assert made.committee.constituted_on is None
    made = watching.watch(make, lab)
    left = db.session.get_one(Person, made.members[4].person_id)
    left.username, left.deleted_at = None, NOW

    hooks.on_leaving.call(left.id, NOW)

    assert audit_queries.committee_status(made.committee.id).seats == 4
    assert made.committee.thing.state == CommitteeState.INACTIVE


def test_02_a_work_is_not_accepted_in_silence_without_the_final_report(
    make: Make, lab: Lab
) -> None:
    made = watching.watch(make, lab)
    host, day = Acting(lab, made.facilitator, NOW), made.work.ends_on
    with pytest.raises(Blocked, match="Only ANTAI"):
        audits.accept_work(host, made.work, committee=made.committee, accepted_on=day)

    audits.excuse_report(Acting(lab, made.reviewer, NOW), made.work, reason="Falta agua")
    audits.accept_work(host, made.work, committee=made.committee, accepted_on=day)

    assert made.work.override_reason == "Falta agua"


def test_04_a_lab_closes_with_debts_each_named_and_only_on_two_voices(make: Make) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    letter = agreeing.letter(make, lab)
    with pytest.raises(Blocked):
        stages.move(
            Acting(lab, make.actor(lab, Role.FACILITATOR), NOW), target=Stage.CLOSED, reason="Ya"
        )

    closing.agree(make, lab, closing.ask(make, lab))

    assert lab.stage is Stage.CLOSED
    assert (Kind.LETTER, letter.organization.name) in {
        (debt.thing.kind if debt.thing else None, debt.owed_by) for debt in debts.gather(lab)
    }


def test_05_complete_is_refused_without_evidence_and_on_the_executors_word_alone(
    make: Make, lab: Lab
) -> None:
    step = agreeing.agreement(make, lab).milestones[0]
    sent = reviewing.review(make, lab)
    antai = Acting(lab, make.actor(lab, Role.REVIEWER), NOW)
    for showing in (False, True):
        if showing:
            agreeing.evidence(make, lab, step)
        with pytest.raises(Blocked):
            review.validate_review(antai, sent, completion=OgpCompletion.COMPLETE, reason="Sí")


def test_06_the_self_report_and_the_irms_coding_never_overwrite_one_another(
    make: Make, lab: Lab
) -> None:
    sent = reviewing.review(make, lab)
    antai = Acting(lab, make.actor(lab, Role.REVIEWER), NOW)

    review.note_irm(antai, sent, irm=IRM.LIMITED, source="IRM 2026")
    review.validate_review(antai, sent, completion=OgpCompletion.NOT_STARTED, reason="Nada")

    assert (sent.completion, sent.irm) == (OgpCompletion.NOT_STARTED, IRM.LIMITED)


def test_13_nobody_reviews_what_they_once_facilitated(make: Make, lab: Lab) -> None:
    sent = reviewing.review(make, lab)
    once = make.actor(lab, Role.FACILITATOR)
    for row in labs.people(lab.id, Role.FACILITATOR):
        row.ended_at = NOW
    db.session.flush()
    actor = labs.actor(lab, once.person_id, frozenset({Role.REVIEWER}))

    with pytest.raises(Denied, match="take part"):
        review.validate_review(
            Acting(lab, actor, NOW), sent, completion=OgpCompletion.NOT_STARTED, reason="Nada"
        )


def test_18_who_carries_out_verifies_nothing_in_either_order(make: Make, lab: Lab) -> None:
    agreement = agreeing.agreement(make, lab)
    step, town = agreement.milestones[0], agreement.organization
    agreeing.evidence(make, lab, step)
    neighbours = [make.actor(lab, Role.MEMBER) for _ in range(2)]
    for neighbour in neighbours:
        _confirm(lab, step, neighbour)
    assert step.thing.state == MilestoneState.MET

    elsewhere = make.lab()
    grant(
        elsewhere.id,
        neighbours[0].person_id or 0,
        Role.RESPONSIBLE,
        source="given",
        now=NOW,
        organization_id=town.id,
    )

    assert step.thing.state == MilestoneState.OPEN
    with pytest.raises(Denied):
        _confirm(lab, step, labs.actor(lab, neighbours[0].person_id, frozenset()))


def test_19_a_no_supports_nothing_and_the_visit_made_last_stands(make: Make, lab: Lab) -> None:
    step = agreeing.agreement(make, lab).milestones[0]
    for _ in range(3):
        _confirm(lab, step, make.actor(lab, Role.MEMBER), False, False, False)
    agreeing.evidence(make, lab, step)
    sent = reviewing.review(make, lab)
    antai = Acting(lab, make.actor(lab, Role.REVIEWER), NOW)
    for value in (OgpCompletion.LIMITED, OgpCompletion.COMPLETE):
        with pytest.raises(Blocked):
            review.validate_review(antai, sent, completion=value, reason="Sí")
    made = watching.watch(make, lab)
    agreeing.evidence(make, lab, made.step)

    for days, yes in ((2, False), (1, True)):
        audits.record_visit(
            Acting(lab, made.members[0], NOW + 3 * DAY),
            made.committee,
            milestone=made.step,
            look=watching.look(made, yes, on=local_day(NOW + days * DAY)),
            folder=watching.NOWHERE,
        )

    assert made.step.verified < 100


def test_20_no_meeting_no_proof_a_lateness_stays_and_a_debt_is_paid_late(make: Make) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    draft = agreeing.agreement(make, lab, accepted=False)
    never = agreeing.source(lab, Kind.MEETING)
    with pytest.raises(Conflict):
        followup.accept_agreement(
            Acting(lab, make.actor(lab, Role.FACILITATOR), NOW),
            draft,
            by=never,
            accepted_on=local_day(NOW),
            neighbours=2,
        )
    letter = agreeing.letter(make, lab)
    closing.agree(make, lab, closing.ask(make, lab, NOW + 90 * DAY), NOW + 90 * DAY)

    followup.answer_letter(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW + 100 * DAY),
        letter,
        answer=LetterAnswer.REFUSED,
        text="No hay fondos.",
        reference="",
        answered_on=local_day(NOW + 100 * DAY),
    )

    owed = db.session.query(Duty).filter_by(thing_id=letter.id, what=DutyKind.LETTER).one()
    assert owed.days_late(local_day(NOW + 100 * DAY)) == 70
    paid = next(row for row, _thing in queries.closing_debts(lab) if row.thing_id == letter.id)
    assert paid.paid_on == local_day(NOW + 100 * DAY)
