"""A debt can be paid after closing: rule 20, for each kind of duty and each need of the close."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labapp.audits import service as audits
from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Blocked, Denied
from labapp.domain.ogp_completion import OgpCompletion
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Actor, Role, may
from labapp.domain.roles import Relation
from labapp.domain.stage import Stage
from labapp.domain.workflow import CLOSING
from labapp.followup import service as followup
from labapp.followup.models import LetterAnswer
from labapp.followup.states import MilestoneState
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.review import service as review
from labapp.thread.models import Duty
from tests.audits import make as audit
from tests.followup import make as delivery
from tests.make import NOW, Make

LATER = NOW + timedelta(days=90)
#: By which acts each kind of duty is met.
PAYS = {
    DutyKind.MODERATION: (
        Act.PROBLEM_PUBLISH,
        Act.PROBLEM_RETURN,
        Act.PROBLEM_REJECT,
        Act.AMENDMENT_PUBLISH,
        Act.AMENDMENT_DECLINE,
        Act.PROPOSAL_PUBLISH,
        Act.PROPOSAL_RETURN,
        Act.PROPOSAL_REJECT,
        Act.VERSION_PUBLISH,
        Act.VERSION_DECLINE,
    ),
    DutyKind.APPEAL: (Act.REMOVAL_RULE, Act.REMOVAL_CONFIRM, Act.REMOVAL_RETURN),
    DutyKind.RESPONSE: (Act.RESPONSE_GIVE,),
    DutyKind.OBJECTION: (Act.OBJECTION_ANSWER,),
    DutyKind.ANNULMENT: (Act.ANNULMENT_ANSWER,),
    DutyKind.LETTER: (Act.LETTER_ANSWER, Act.LINK_ISSUE, Act.LINK_REVOKE),
    DutyKind.REPLY: (Act.FINDING_REPLY,),
    DutyKind.STEP: (
        Act.PROGRESS_DECLARE,
        Act.EVIDENCE_ADD,
        Act.MILESTONE_CONFIRM,
        Act.MILESTONE_RELAY,
        Act.MILESTONE_ATTEST,
        Act.MILESTONE_VERIFY,
        Act.VISIT_RECORD,
        Act.VISIT_ADDENDUM,
        Act.LINK_ISSUE,
    ),
    DutyKind.REVIEW: (Act.REVIEW_VALIDATE, Act.REVIEW_RETURN),
    DutyKind.REPORT: (Act.REPORT_DELIVER, Act.SEAT_KEEP, Act.COMMITTEE_SEAT),
    DutyKind.CERTIFICATE: (Act.COMMITTEE_CERTIFY,),
    DutyKind.ANSWER: (Act.REVIEW_ANSWER,),
}
#: By which acts each need of the close is met.
MEETS = {
    "contributions_unanswered": (Act.RESPONSE_GIVE,),
    "problems_unanswered": (Act.RESPONSE_GIVE,),
    "proposals_unanswered": (Act.RESPONSE_GIVE,),
    "letters_unanswered": PAYS[DutyKind.LETTER],
    "findings_open": (Act.FINDING_REPLY, Act.FINDING_LOOK, Act.FINDING_CLOSE),
    "milestones_unmet": PAYS[DutyKind.STEP],
    "reports_missing": (*PAYS[DutyKind.REPORT], Act.COMMITTEE_REPORT, Act.WORK_ACCEPT),
    "review": (Act.REVIEW_SEND, *PAYS[DutyKind.REVIEW], Act.REVIEW_ANSWER),
    "verdict": (Act.VERDICT_GIVE,),
}
#: What begins something new: never on a closed lab.
BEGINS = (
    Act.LETTER_SEND,
    Act.AGREEMENT_DRAFT,
    Act.AGREEMENT_STEP,
    Act.AGREEMENT_ACCEPT,
    Act.WORK_REGISTER,
    Act.COMMITTEE_FORM,
    Act.FINDING_RAISE,
    Act.PROBLEM_TELL,
    Act.PROBLEM_AMEND,
    Act.PROPOSAL_WRITE,
    Act.CONTRIBUTION_NOTE,
    Act.MEETING_ANNOUNCE,
    Act.VOTE_SET,
)


def whoever_may(act: Act, stage: Stage) -> bool:
    """Tell whether anybody at all may do this at that stage."""
    relations = frozenset(Relation)
    roles = act.row.roles
    actor = Actor(1, roles if roles is not None else frozenset())
    return bool(may(actor, act, stage, relations))


@pytest.mark.parametrize("kind", DutyKind)
def test_what_is_owed_when_a_lab_closes_can_be_met_after_it(kind: DutyKind) -> None:
    assert all(whoever_may(act, Stage.CLOSED) for act in PAYS[kind])


@pytest.mark.parametrize("need", [need.key for need in CLOSING])
def test_each_need_of_the_close_can_be_met_after_it(need: str) -> None:
    assert all(whoever_may(act, Stage.CLOSED) for act in MEETS[need])


@pytest.mark.parametrize("act", BEGINS)
def test_nothing_new_begins_on_a_closed_lab(act: Act) -> None:
    assert not whoever_may(act, Stage.CLOSED)


@pytest.mark.parametrize("act", sorted({act for acts in MEETS.values() for act in acts}))
def test_a_lab_that_was_cancelled_takes_none_of_it(act: Act) -> None:
    assert not whoever_may(act, Stage.CANCELLED)


def close(lab: Lab) -> None:
    """Have a lab stand closed."""
    lab.stage = Stage.CLOSED
    db.session.flush()


def duty(thing_id: int, what: DutyKind) -> Duty:
    """Return what was owed on a thing."""
    return db.session.scalars(
        select(Duty).where(Duty.thing_id == thing_id, Duty.what == what)
    ).one()


def test_an_entity_answers_its_letter_after_the_close_by_a_link_issued_after_it(
    make: Make,
) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    letter = delivery.letter(make, lab)
    close(lab)
    guide = Acting(lab, make.actor(lab, Role.FACILITATOR), LATER)

    followup.issue_link(guide, thing=letter.thing, organization_id=letter.organization_id, days=9)
    by_link = Actor(None, frozenset({Role.RESPONSIBLE}), frozenset({letter.organization_id}))
    followup.answer_letter(
        Acting(lab, by_link, LATER),
        letter,
        answer=LetterAnswer.ACCEPTED,
        text="Sí.",
        reference="",
        answered_on=local_day(LATER),
    )

    assert duty(letter.id, DutyKind.LETTER).days_late(local_day(LATER)) == 60
    with pytest.raises(Blocked, match="owed"):
        followup.issue_link(
            guide, thing=letter.thing, organization_id=letter.organization_id, days=9
        )


def test_a_step_is_declared_and_seen_after_the_close_and_no_more_once_it_is_met(
    make: Make,
) -> None:
    of = audit.watch(make, make.lab(Stage.FOLLOWUP))
    step = of.step
    close(of.lab)

    followup.declare(
        Acting(of.lab, of.entity, LATER),
        step,
        percent=80,
        note="",
        proof=None,
        folder=audit.NOWHERE,
    )
    delivery.evidence(make, of.lab, step)
    audit.visit(of, *[True] * len(step.questions), now=LATER)

    assert step.state is MilestoneState.MET
    assert duty(step.id, DutyKind.STEP).met_on == local_day(LATER)
    with pytest.raises(Blocked, match="owed"):
        audit.visit(of, *[False] * len(step.questions), now=LATER)


def test_a_finding_is_replied_to_and_closed_after_the_close_and_none_is_raised(
    make: Make,
) -> None:
    of = audit.watch(make, make.lab(Stage.FOLLOWUP))
    finding = audit.finding(of)
    close(of.lab)

    audits.reply_to_finding(
        Acting(of.lab, of.entity, LATER), finding, text="Ya.", replied_on=local_day(LATER)
    )
    for member in of.members[:2]:
        audits.close_finding(Acting(of.lab, member, LATER), finding)

    assert finding.closed_on == local_day(LATER)
    assert duty(finding.id, DutyKind.REPLY).days_late(local_day(LATER)) == 85
    with pytest.raises(Denied):
        audit.finding(of)


def test_the_final_report_and_the_acceptance_come_after_the_close(make: Make) -> None:
    of = audit.watch(make, make.lab(Stage.FOLLOWUP))
    close(of.lab)
    later = LATER + timedelta(days=900)

    audits.deliver_report(Acting(of.lab, of.members[0], later), of.committee, text="Todo.")
    audits.accept_work(
        Acting(of.lab, of.facilitator, later),
        of.work,
        committee=of.committee,
        accepted_on=local_day(later),
    )

    assert of.committee.report_on == of.work.accepted_on == local_day(later)


def test_the_last_review_is_sent_and_validated_after_the_close_once(make: Make) -> None:
    lab = make.lab(Stage.CLOSED)
    guide = Acting(lab, make.actor(lab, Role.FACILITATOR), LATER)
    antai = Acting(lab, make.actor(lab, Role.REVIEWER), LATER)
    day = local_day(NOW)

    sent = review.send_review(guide, period=review.Period(day, day), report="Así fue.", due_days=9)
    review.validate_review(antai, sent, completion=OgpCompletion.NOT_STARTED, reason="Nada.")

    later = day + timedelta(days=1)
    with pytest.raises(Blocked, match="owed"):
        review.send_review(guide, period=review.Period(later, later), report="Y más.", due_days=9)
