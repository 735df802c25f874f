"""Ways by which work was verified or received by nobody independent: each was tried by hand."""

from datetime import timedelta

import pytest

from labapp import hooks
from labapp.audits import service
from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.policy import Role
from labapp.domain.removal_code import RemovalCode
from labapp.domain.stage import Stage
from labapp.followup import service as followup
from labapp.labs.models import Lab
from labapp.labs.service import grant
from labapp.record.acting import Acting
from labapp.stages import service as stages
from tests.audits import make as audits
from tests.followup import make as agreeing
from tests.make import NOW, Make

DAY = timedelta(days=1)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def test_members_with_a_tie_are_no_part_of_a_visit(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    for member in made.members[2:]:
        acting = Acting(lab, member, NOW)
        service.declare_tie(acting, made.committee, step=None, words="Su primo")

    with pytest.raises(Conflict, match="without a tie"):
        audits.visit(made)


def test_no_visit_is_of_before_the_certificate(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    made.committee.certified_on = audits.TODAY + DAY
    db.session.flush()

    with pytest.raises(Conflict, match="before ANTAI certified"):
        audits.visit(made, now=NOW + 2 * DAY)


@pytest.mark.parametrize("by", ["report", "excuse"])
def test_no_acceptance_is_of_before_the_report_or_its_excuse(make: Make, lab: Lab, by: str) -> None:
    made = audits.watch(make, lab)
    if by == "report":
        audits.deliver(made)
    else:
        antai = Acting(lab, made.reviewer, NOW + 3 * DAY)
        service.excuse_report(antai, made.work, reason="Falta agua")

    with pytest.raises(Conflict, match="That day"):
        service.accept_work(
            Acting(lab, made.facilitator, NOW + 90 * DAY),
            made.work,
            committee=made.committee,
            accepted_on=audits.TODAY + DAY,
        )


def test_a_visit_that_was_taken_away_saw_nothing(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    agreeing.evidence(make, lab, made.step)
    visit = audits.visit(made)
    assert made.step.verified == 100

    visit.thing.removed_at, visit.thing.removed_for = NOW, RemovalCode.PRIVATE_DATA
    visit.thing.hidden_at = NOW
    db.session.flush()
    hooks.on_rewritten.call(visit.id, NOW)

    assert made.step.verified == 0


def test_a_document_without_a_public_copy_shows_nothing(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    kept = agreeing.evidence(make, lab, made.step).file
    kept.original_sha256, kept.original_type = kept.sha256, "application/pdf"
    db.session.flush()

    audits.visit(made)

    assert made.step.verified == 0


def test_whoever_agreed_to_close_and_wrote_the_reply_since_does_not_count(
    make: Make, lab: Lab
) -> None:
    made = audits.watch(make, lab)
    found, member = audits.finding(made), made.members[0]
    service.close_finding(Acting(lab, member, NOW), found)
    entity = make.actor(lab, Role.RESPONSIBLE, organization=made.work.entity)
    hand = type(entity)(member.person_id, entity.roles, entity.organizations)
    service.reply_to_finding(Acting(lab, hand, NOW), found, text="Ya", replied_on=audits.TODAY)
    db.session.commit()

    assert not service.close_finding(Acting(lab, made.members[1], NOW), found)


def test_whoever_gave_out_the_entitys_link_confirms_nothing_of_it(make: Make, lab: Lab) -> None:
    agreed = agreeing.agreement(make, lab)
    host = make.actor(lab, Role.FACILITATOR, Role.MEMBER)
    acting = Acting(lab, host, NOW)
    body = agreed.organization_id
    followup.issue_link(acting, thing=agreed.thing, organization_id=body, days=9)
    db.session.commit()
    step = agreed.milestones[0]

    with pytest.raises(Denied):
        followup.confirm(acting, step, answers=agreeing.answers(step))


def test_a_facilitator_does_not_cancel_what_an_entity_owes(make: Make, lab: Lab) -> None:
    agreeing.letter(make, lab)
    host = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)

    with pytest.raises(Blocked, match="ANTAI cancels"):
        stages.move(host, target=Stage.CANCELLED, reason="No contestan")
    antai = Acting(lab, make.actor(lab, Role.REVIEWER), NOW)
    stages.move(antai, target=Stage.CANCELLED, reason="No contestan")


def test_a_neighbours_yes_counts_no_more_once_they_are_of_the_entity(make: Make, lab: Lab) -> None:
    agreed = agreeing.agreement(make, lab)
    step, neighbours = agreed.milestones[0], [make.actor(lab, Role.MEMBER) for _ in range(2)]
    agreeing.evidence(make, lab, step)
    for one in neighbours:
        followup.confirm(Acting(lab, one, NOW), step, answers=agreeing.answers(step))
    assert step.verified == 100

    body = agreed.organization_id
    tied = neighbours[0].person_id or 0
    grant(make.lab().id, tied, Role.ALLY, source="x", now=NOW, organization_id=body)

    assert step.verified == 0
