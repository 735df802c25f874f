"""Public works: one for an agreement or announced, and never accepted in silence."""

import pytest
from sqlalchemy import select

from labapp.accounts.models import Person
from labapp.audits import queries, service
from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.policy import Act, Actor, Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.thread.models import Duty
from tests.audits import make as audits
from tests.audits.make import Watch
from tests.followup import make as followup
from tests.make import NOW, Make


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _accept(of: Watch, actor: Actor | None = None) -> None:
    service.accept_work(
        Acting(of.lab, actor or of.facilitator, NOW),
        of.work,
        committee=of.committee,
        accepted_on=of.work.ends_on,
    )


def _excuse(of: Watch, actor: Actor | None = None) -> None:
    service.excuse_report(
        Acting(of.lab, actor or of.reviewer, NOW), of.work, reason="Se necesita el agua."
    )


def test_a_work_belongs_to_an_agreement_in_force_that_has_one(make: Make, lab: Lab) -> None:
    with pytest.raises(Conflict, match="neighbours verify"):
        audits.work(make, lab, of=followup.agreement(make, lab))
    draft = followup.agreement(make, lab, has_work=True, accepted=False)
    with pytest.raises(Conflict, match="accepted"):
        audits.work(make, lab, of=draft)


def test_an_agreement_has_one_work(make: Make, lab: Lab) -> None:
    built = audits.work(make, lab)

    with pytest.raises(Conflict, match="already"):
        audits.work(make, lab, of=built.agreement)


def test_a_work_of_another_lab_is_refused(make: Make, lab: Lab) -> None:
    elsewhere = audits.agreement(make, make.lab(Stage.FOLLOWUP))

    with pytest.raises(Conflict):
        audits.work(make, lab, of=elsewhere)


def test_a_work_does_not_end_before_it_starts(make: Make, lab: Lab) -> None:
    with pytest.raises(Conflict, match="end before"):
        audits.work(make, lab, ends_in=-1)


def test_a_work_is_not_accepted_while_the_report_is_missing(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)

    with pytest.raises(Blocked, match="final report"):
        _accept(made)

    assert made.work.accepted_on is None


def test_antai_alone_excuses_a_missing_report_and_its_reason_is_kept(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    for who in (made.facilitator, made.entity, made.members[0]):
        with pytest.raises(Denied):
            _excuse(made, who)

    _excuse(made)
    _accept(made)

    assert made.work.accepted_on == made.work.ends_on
    assert made.work.override_reason == "Se necesita el agua."
    db.session.commit()
    entry = db.session.scalars(select(Entry).where(Entry.act == Act.REPORT_EXCUSE)).one()
    assert (entry.reason, entry.role) == ("Se necesita el agua.", Role.REVIEWER)
    with pytest.raises(Conflict, match="already"):
        _accept(made)
    with pytest.raises(Conflict, match="already"):
        _excuse(made)


def test_a_report_that_was_delivered_is_not_excused(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    audits.deliver(made)

    with pytest.raises(Conflict, match="delivered"):
        _excuse(made)
    _accept(made)

    assert made.work.override_reason == ""
    assert made.committee.thing.state == "concluded"


def test_a_work_that_an_entity_announced_needs_no_agreement(make: Make, lab: Lab) -> None:
    built = audits.announced(make, lab)

    assert built.agreement is None
    assert built.entity is built.announced_by
    assert built.thing.title == "Reparar el puente"
    assert queries.numbers().works == 1
    assert list(queries.steps(built)) == []


def test_the_entity_that_announced_it_owes_the_reply_and_never_sits(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, of=audits.announced(make, lab))
    finding = audits.finding(made)
    ours = db.session.get_one(Person, made.entity.person_id)

    owed = db.session.scalars(select(Duty.owed_by).where(Duty.thing_id == finding.id)).one()

    assert owed == made.work.entity.name
    with pytest.raises(Conflict, match="carries out the work"):
        service.seat(
            Acting(lab, made.facilitator, NOW),
            made.committee,
            person=ours,
            consents=True,
            declared_tie="",
        )


def test_without_steps_the_final_report_waits_for_the_end(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, of=audits.announced(make, lab))

    with pytest.raises(Blocked, match="after the work ends"):
        service.deliver_report(Acting(lab, made.members[0], NOW), made.committee, text="Bien.")
    audits.deliver(made)

    assert made.committee.report_on == made.work.ends_on


def test_only_a_facilitator_accepts(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)

    for actor in (made.entity, made.members[0], made.reviewer, make.actor(lab, Role.MEMBER)):
        with pytest.raises(Denied):
            _accept(made, actor)
