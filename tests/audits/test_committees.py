"""A committee forms, tells ANTAI, is certified, and gives its final report."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labapp.accounts.models import Person
from labapp.audits import queries, service
from labapp.db import db
from labapp.domain.committee import CommitteeState, state
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.thread.models import Duty
from tests.audits import make as audits
from tests.audits.make import Watch
from tests.followup.make import evidence
from tests.make import NOW, Make


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _state(of: Watch) -> CommitteeState:
    shown = state(queries.committee_status(of.committee.id))
    assert of.committee.thing.state == shown.value
    return shown


def _duty(thing_id: int, what: str) -> Duty:
    return db.session.scalars(
        select(Duty).where(Duty.thing_id == thing_id, Duty.what == what)
    ).one()


def _unseat(of: Watch, who: Actor) -> None:
    row = queries.seat(of.committee.id, who.person_id)
    assert row is not None
    service.unseat(Acting(of.lab, of.facilitator, NOW), of.committee, row, reason="Se mudó")


def _report(of: Watch, actor: Actor) -> None:
    service.report_committee(Acting(of.lab, actor, NOW), of.committee, certificate_days=15)


def test_the_fifth_member_constitutes_it(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, seats=4, certified=False)
    assert (_state(made), made.committee.constituted_on) == (CommitteeState.FORMING, None)

    audits.seated(make, made)

    assert _state(made) is CommitteeState.CONSTITUTED
    assert made.committee.constituted_on == audits.TODAY


def test_four_cannot_be_reported_nor_certified(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, seats=4, certified=False)

    with pytest.raises(Blocked, match="five members"):
        _report(made, made.facilitator)
    with pytest.raises(Blocked, match="five members"):
        service.certify(Acting(lab, made.reviewer, NOW), made.committee, certificate="X")


def test_losing_the_fifth_member_makes_it_inactive_until_another_sits(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    _unseat(made, made.members[4])
    assert _state(made) is CommitteeState.INACTIVE

    with pytest.raises(Blocked, match="five members"):
        audits.visit(made)
    audits.seated(make, made)

    assert _state(made) is CommitteeState.CERTIFIED


def test_a_seat_gives_the_role_and_its_end_takes_only_that_away(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    who = made.members[0].person_id
    assert who is not None
    assert Role.COMMITTEE in labs.roles(lab.id, who)

    _unseat(made, made.members[0])

    assert Role.COMMITTEE not in labs.roles(lab.id, who)
    _again(made, who)
    assert Role.COMMITTEE in labs.roles(lab.id, who)


def _again(of: Watch, person_id: int) -> None:
    person = next(s.person for s in of.committee.seats if s.person_id == person_id)
    service.seat(
        Acting(of.lab, of.facilitator, NOW),
        of.committee,
        person=person,
        consents=True,
        declared_tie="",
    )


def test_nobody_sits_twice(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    assert made.members[0].person_id is not None

    with pytest.raises(Conflict, match="already"):
        _again(made, made.members[0].person_id)


@pytest.mark.parametrize("role", [Role.RESPONSIBLE, Role.REVIEWER])
def test_neither_the_executor_nor_antai_sits(make: Make, lab: Lab, role: Role) -> None:
    made = audits.watch(make, lab, seats=0, certified=False)
    who = made.entity if role is Role.RESPONSIBLE else made.reviewer

    with pytest.raises(Conflict, match="cannot sit"):
        service.seat(
            Acting(lab, made.facilitator, NOW),
            made.committee,
            person=_person(who),
            consents=True,
            declared_tie="",
        )


def test_telling_antai_owes_its_certificate_and_certifying_meets_it(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, certified=False)

    _report(made, made.members[1])
    assert _state(made) is CommitteeState.REPORTED
    duty = _duty(made.committee.id, "certificate")
    assert (duty.owed_by, duty.due_on) == ("ANTAI", audits.TODAY + timedelta(days=15))
    service.certify(Acting(lab, made.reviewer, NOW), made.committee, certificate="EJ-CAS-01")

    assert _state(made) is CommitteeState.CERTIFIED
    assert duty.met_on == audits.TODAY


def test_it_is_told_and_certified_once_and_in_order(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, certified=False)
    with pytest.raises(Blocked, match="tells ANTAI"):
        service.certify(Acting(lab, made.reviewer, NOW), made.committee, certificate="X")

    audits.certify(made)

    with pytest.raises(Conflict, match="already"):
        _report(made, made.facilitator)
    with pytest.raises(Conflict, match="already"):
        service.certify(Acting(lab, made.reviewer, NOW), made.committee, certificate="X")


def test_a_member_of_another_committee_does_not_speak_for_this_one(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, certified=False)
    stranger = make.actor(lab, Role.COMMITTEE)

    with pytest.raises(Denied, match="sits on this committee"):
        _report(made, stranger)
    with pytest.raises(Denied, match="sits on this committee"):
        service.deliver_report(Acting(lab, stranger, NOW), made.committee, text="Nada")


def test_only_antai_certifies_and_nobody_of_the_lab(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, certified=False)
    _report(made, made.facilitator)
    both = make.actor(lab, Role.REVIEWER, Role.FACILITATOR)

    for actor in (made.facilitator, made.members[0], both):
        with pytest.raises(Denied):
            service.certify(Acting(lab, actor, NOW), made.committee, certificate="X")


def test_the_final_report_comes_after_the_work_and_once(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    with pytest.raises(Blocked, match="after the work ends"):
        service.deliver_report(Acting(lab, made.members[0], NOW), made.committee, text="Ya")

    audits.deliver(made)

    assert _state(made) is CommitteeState.DELIVERED
    assert _duty(made.committee.id, "report").met_on == made.work.ends_on
    with pytest.raises(Conflict, match="already"):
        audits.deliver(made)


def test_a_work_that_ends_early_is_reported_early(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    audits.visit(made)
    evidence(make, lab, made.step)

    service.deliver_report(Acting(lab, made.members[0], NOW), made.committee, text="Ya")

    assert made.committee.report_on == audits.TODAY


def test_what_a_member_says_of_themselves_is_theirs(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)

    service.keep_seat(Acting(lab, made.members[0], NOW), made.committee, consents=True)

    own = queries.seat(made.committee.id, made.members[0].person_id)
    assert own is not None
    assert own.consents
    with pytest.raises(Denied):
        service.keep_seat(Acting(lab, made.facilitator, NOW), made.committee, consents=True)


def test_the_record_says_how_many_sit_and_not_who(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    db.session.commit()

    seats = db.session.scalars(
        select(Entry).where(Entry.act == "committee:seat").order_by(Entry.position)
    ).all()

    assert [entry.after for entry in seats] == [f'{{"seats":{n}}}' for n in range(1, 6)]
    assert {entry.person_id for entry in seats} == {made.facilitator.person_id}


@pytest.mark.parametrize("stage", [Stage.CALL, Stage.CLOSED])
def test_a_committee_is_not_formed_outside_the_delivery(make: Make, stage: Stage) -> None:
    made = audits.watch(make, make.lab(Stage.FOLLOWUP), seats=0, certified=False)
    elsewhere = make.lab(stage)

    with pytest.raises(Denied, match="stage"):
        service.form_committee(
            Acting(elsewhere, make.actor(elsewhere, Role.FACILITATOR), NOW),
            made.work,
            name="X",
            chosen_how="Y",
            report_days=30,
        )


def test_a_work_has_one_committee(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, seats=0, certified=False)

    with pytest.raises(Conflict, match="already"):
        service.form_committee(
            Acting(lab, made.facilitator, NOW),
            made.work,
            name="Otro",
            chosen_how="Y",
            report_days=30,
        )


def _person(actor: Actor) -> Person:
    person = db.session.get(Person, actor.person_id)
    assert person is not None
    return person
