"""Visits and findings: what the committee sees, what the entity replies, who closes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from labapp.audits import queries, service
from labapp.audits.models import Finding
from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup import queries as followup
from labapp.labs.models import Lab
from labapp.labs.service import same_person
from labapp.record.acting import Acting
from labapp.thread.models import Duty
from tests.audits import make as audits
from tests.audits.make import Watch
from tests.followup.make import evidence
from tests.make import NOW, Make

DAY = timedelta(days=1)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


@pytest.fixture
def made(make: Make, lab: Lab) -> Watch:
    return audits.watch(make, lab, seats=6)


def _visit(of: Watch, actor: Actor, look: service.VisitDraft) -> None:
    service.record_visit(
        Acting(of.lab, actor, NOW),
        of.committee,
        milestone=of.step,
        look=look,
        folder=audits.NOWHERE,
    )


def _reply(of: Watch, finding: Finding, actor: Actor) -> None:
    service.reply_to_finding(
        Acting(of.lab, actor, NOW),
        finding,
        text="No estaba en el plano.",
        replied_on=audits.TODAY,
    )


def _close(of: Watch, finding: Finding, who: Actor) -> bool:
    return service.close_finding(Acting(of.lab, who, NOW), finding)


def _duty(thing_id: int) -> Duty | None:
    return db.session.scalar(select(Duty).where(Duty.thing_id == thing_id))


def test_a_visit_says_how_much_of_the_step_was_seen(make: Make, made: Watch) -> None:
    visit = audits.visit(made, True, False)
    assert made.step.verified == 0, "nothing was shown of it yet"

    evidence(make, made.lab, made.step)

    assert made.step.verified == 66
    assert [yes for _text, yes, _note in queries.answers_of(visit.id)] == [True, False, True]
    assert made.committee.thing.state == "active"


@pytest.mark.parametrize("present", [0, 1, 2, 7])
def test_at_least_three_go_and_never_more_than_sit(made: Watch, present: int) -> None:
    with pytest.raises(Conflict, match="At least three"):
        _visit(made, made.members[0], audits.look(made, present=present))


def test_no_row_says_that_fewer_than_three_went(made: Watch) -> None:
    visit = audits.visit(made)

    visit.present = 2

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_visit_made_last_stands_not_the_one_typed_last(make: Make, made: Watch) -> None:
    evidence(make, made.lab, made.step)
    third = NOW + 3 * DAY
    for on, yes in ((audits.TODAY + 2 * DAY, True), (audits.TODAY + DAY, False)):
        service.record_visit(
            Acting(made.lab, made.members[0], third),
            made.committee,
            milestone=made.step,
            look=audits.look(made, yes, on=on),
            folder=audits.NOWHERE,
        )

    assert (made.step.verified, made.step.thing.state) == (100, "met")
    sight = followup.verification_summaries([made.step])[made.step.id]
    assert (sight.on, sight.visit) == (audits.TODAY + 2 * DAY, 1)


def test_nobody_visited_what_was_not_agreed_yet(made: Watch) -> None:
    with pytest.raises(Conflict, match="before the agreement"):
        _visit(made, made.members[0], audits.look(made, on=audits.TODAY - DAY))


def test_a_visit_is_not_of_tomorrow_nor_of_another_work(make: Make, made: Watch) -> None:
    with pytest.raises(Conflict, match="after it is made"):
        _visit(made, made.members[0], audits.look(made, on=audits.TODAY + DAY))

    other = audits.watch(make, made.lab)
    with pytest.raises(Conflict, match="another work"):
        service.record_visit(
            Acting(made.lab, made.members[0], NOW),
            made.committee,
            milestone=other.step,
            look=audits.look(other),
            folder=audits.NOWHERE,
        )


def test_a_question_left_without_answer_is_refused(made: Watch) -> None:
    with pytest.raises(Conflict, match="every question"):
        _visit(made, made.members[0], replace(audits.look(made), answers={}))


def test_a_member_with_a_tie_does_not_answer_for_the_committee(make: Make, made: Watch) -> None:
    tied = audits.seated(make, made, tie="primo de un trabajador")
    finding = audits.finding(made)

    with pytest.raises(Denied, match="tie"):
        _visit(made, tied, audits.look(made))
    with pytest.raises(Denied, match="tie"):
        service.raise_finding(Acting(made.lab, tied, NOW), made.committee, found=audits.found())
    with pytest.raises(Denied, match="tie"):
        _close(made, finding, tied)


def test_nobody_else_visits_or_finds(make: Make, made: Watch) -> None:
    for actor in (made.facilitator, made.entity, made.reviewer, make.actor(made.lab, Role.MEMBER)):
        with pytest.raises(Denied):
            _visit(made, actor, audits.look(made))
        with pytest.raises(Denied):
            service.raise_finding(
                Acting(made.lab, actor, NOW), made.committee, found=audits.found()
            )


def test_an_uncertified_committee_does_not_find(make: Make, lab: Lab) -> None:
    forming = audits.watch(make, lab, certified=False)

    with pytest.raises(Blocked, match="not certified"):
        audits.finding(forming)


def test_a_finding_owes_a_reply_and_the_reply_meets_it(made: Watch) -> None:
    finding = audits.finding(made)
    duty = _duty(finding.id)
    assert duty is not None
    assert (duty.what, duty.owed_by, duty.due_on, duty.met_on) == (
        "reply",
        made.work.entity.name,
        audits.TODAY + 5 * DAY,
        None,
    )

    _reply(made, finding, made.entity)

    assert (duty.met_on, finding.reply) == (audits.TODAY, "No estaba en el plano.")
    with pytest.raises(Conflict, match="already has its reply"):
        _reply(made, finding, made.facilitator)


def test_another_entity_antai_and_the_committee_do_not_reply(make: Make, made: Watch) -> None:
    finding = audits.finding(made)

    for actor in (make.actor(made.lab, Role.RESPONSIBLE), made.reviewer, made.members[0]):
        with pytest.raises(Denied):
            _reply(made, finding, actor)


def test_two_different_members_close_it(made: Watch) -> None:
    finding = audits.finding(made)

    assert not _close(made, finding, made.members[0])
    with pytest.raises(Conflict, match="another member"):
        _close(made, finding, made.members[0])
    assert finding.closed_on is None
    assert _close(made, finding, made.members[1])

    assert finding.closed_on == audits.TODAY
    assert _duty(finding.id) is None
    with pytest.raises(Conflict, match="closed"):
        _close(made, finding, made.members[2])


def test_whoever_left_the_committee_no_longer_closes(made: Watch) -> None:
    finding = audits.finding(made)
    _close(made, finding, made.members[0])
    gone = queries.seat(made.committee.id, made.members[0].person_id)
    assert gone is not None
    service.unseat(Acting(made.lab, made.facilitator, NOW), made.committee, gone, reason="Se mudó")

    assert not _close(made, finding, made.members[1])
    assert _close(made, finding, made.members[2])


def test_a_second_look_asks_for_both_to_agree_anew(made: Watch) -> None:
    finding = audits.finding(made)
    _close(made, finding, made.members[0])

    service.look_again(Acting(made.lab, made.members[1], NOW), finding, text="Sigue igual.")

    assert (finding.second_look, finding.first_closer_id) == ("Sigue igual.", None)
    assert not _close(made, finding, made.members[1])


def test_antai_cannot_edit_a_finding(made: Watch) -> None:
    finding = audits.finding(made)

    with pytest.raises(Denied):
        service.look_again(Acting(made.lab, made.reviewer, NOW), finding, text="No es así.")
    with pytest.raises(Denied):
        _close(made, finding, made.reviewer)


def test_what_a_lab_owes_and_the_country_counts(make: Make, made: Watch) -> None:
    finding = audits.finding(made)
    audits.finding(made)
    _close(made, finding, made.members[0])
    _close(made, finding, made.members[1])
    other = audits.watch(make, make.lab(Stage.FOLLOWUP), seats=4, certified=False)

    assert queries.facts(made.lab.id) == (1, 1)
    assert queries.facts(other.lab.id) == (0, 1)
    assert queries.numbers() == queries.AuditStatistics(2, 1, 1, 1, 1)
    assert queries.numbers(other.lab.id) == queries.AuditStatistics(1, 0, 1, 0, 0)


def test_a_report_missing_is_missing_until_delivered(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    assert queries.facts(lab.id) == (0, 1)

    audits.deliver(made)

    assert queries.facts(lab.id) == (0, 0)


def test_a_finding_of_another_committees_visit_is_refused(make: Make, made: Watch) -> None:
    other = audits.watch(make, made.lab)
    visit = audits.visit(other)

    with pytest.raises(Conflict, match="Another committee"):
        service.raise_finding(
            Acting(made.lab, made.members[0], NOW),
            made.committee,
            found=replace(audits.found(), visit=visit),
        )


def test_two_accounts_of_one_person_do_not_close_a_finding(make: Make, made: Watch) -> None:
    for _ in range(2):
        audits.seated(make, made)
    finding, one, two = audits.finding(made), *made.members[:2]
    same_person.join(
        Acting(made.lab, made.facilitator, NOW), one=one.person_id or 0, two=two.person_id or 0
    )

    assert not _close(made, finding, one)
    with pytest.raises(Conflict, match="another member must agree"):
        _close(made, finding, two)
    assert _close(made, finding, made.members[2])
