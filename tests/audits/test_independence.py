"""Who checks a work does not carry it out: in both orders, over all labs, then and now."""

from datetime import timedelta

import pytest

from labapp.accounts.models import GlobalRole, Person
from labapp.accounts.service import roles as global_roles
from labapp.audits import queries, service
from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.interests import Interest
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs import queries as labs
from labapp.labs.models import Grant, Lab
from labapp.labs.service import end_grants, grant, same_person
from labapp.record.acting import Acting
from tests.audits import make as audits
from tests.audits.make import TODAY
from tests.audits.seating import end_for, give_for, seat, unseat
from tests.make import NOW, Make, declared

DAY = timedelta(days=1)
OF_AN_ENTITY = (Role.RESPONSIBLE, Role.ALLY)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


@pytest.mark.parametrize("role", OF_AN_ENTITY)
@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("elsewhere", [False, True])
def test_whoever_is_or_was_of_the_entity_in_any_lab_is_not_seated(
    make: Make, lab: Lab, role: Role, ended: bool, elsewhere: bool
) -> None:
    made = audits.watch(make, lab, seats=4, certified=False)
    engineer, there = make.person(), make.lab() if elsewhere else lab
    give_for(there, engineer.id, role, made.work.entity)
    if ended:
        end_for(there, engineer.id, made.work.entity)

    with pytest.raises(Conflict, match="carries out the work"):
        seat(made, engineer)

    assert queries.committee_status(made.committee.id).seats == 4


@pytest.mark.parametrize("role", OF_AN_ENTITY)
@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_member_is_not_given_a_role_for_the_entity_in_any_lab(
    make: Make, lab: Lab, role: Role, elsewhere: bool
) -> None:
    made, there = audits.watch(make, lab), make.lab() if elsewhere else lab
    member = made.members[4]

    with pytest.raises(Conflict, match="the seat ends first"):
        give_for(there, member.person_id, role, made.work.entity)
    db.session.rollback()


def test_whoever_left_the_committee_for_the_entity_never_sits_on_it_again(
    make: Make, lab: Lab
) -> None:
    made = audits.watch(make, lab)
    member = made.members[4]
    give_for(lab, member.person_id, Role.ALLY, make.organization())
    unseat(made, member)
    give_for(lab, member.person_id, Role.RESPONSIBLE, made.work.entity)
    end_for(lab, member.person_id, made.work.entity)

    with pytest.raises(Conflict, match="carries out the work"):
        seat(made, db.session.get_one(Person, member.person_id))


def test_a_member_does_not_become_a_reviewer_while_seated(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    founder = Acting(None, Actor(None, frozenset({Role.ADMINISTRATOR})), NOW)
    member = made.members[0].person_id or 0

    with pytest.raises(Conflict, match="the seat ends first"):
        global_roles.grant_global(founder, member, Role.REVIEWER)
    db.session.rollback()


def test_a_seat_that_should_not_be_counts_for_nothing_and_acts_for_nothing(
    make: Make, lab: Lab
) -> None:
    """Written behind the application, or before it knew: the act asks again."""
    made = audits.watch(make, lab)
    make.keep(
        Grant(
            lab_id=make.lab().id,
            person_id=made.members[0].person_id or 0,
            role=Role.RESPONSIBLE,
            source="old",
            organization_id=made.work.entity.id,
            granted_at=NOW,
            ended_at=NOW,
        )
    )

    assert queries.committee_status(made.committee.id).seats == 4
    for act in (lambda: audits.visit(made), lambda: audits.finding(made)):
        with pytest.raises(Denied, match="carries out the work"):
            act()


def test_a_reviewer_by_another_path_acts_for_no_committee(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    make.keep(GlobalRole(person_id=made.members[0].person_id, role=Role.REVIEWER, granted_at=NOW))

    with pytest.raises(Denied, match="reviews for ANTAI"):
        audits.finding(made)


def test_who_wrote_the_reply_does_not_judge_it(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    hand, found = make.actor(lab, Role.FACILITATOR), audits.finding(made)
    person_id = hand.person_id or 0
    service.reply_to_finding(Acting(lab, hand, NOW), found, text="Ya se hizo", replied_on=TODAY)
    db.session.commit()
    end_grants(lab.id, person_id, "test", now=NOW)
    seat(made, db.session.get_one(Person, person_id))
    both = labs.actor(lab, person_id, frozenset())

    with pytest.raises(Denied, match="wrote down"):
        service.close_finding(Acting(lab, both, NOW), found)
    with pytest.raises(Denied, match="wrote down"):
        service.look_again(Acting(lab, both, NOW), found, text="Ya está")


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.TELLER])
def test_whoever_runs_the_lab_does_not_sit_in_either_order(
    make: Make, lab: Lab, role: Role
) -> None:
    made = audits.watch(make, lab)
    runs = make.actor(lab, role)
    with pytest.raises(Conflict, match="cannot sit"):
        seat(made, db.session.get_one(Person, runs.person_id))

    member = made.members[0].person_id or 0
    declared(lab.id, member)
    with pytest.raises(Conflict, match="the seat ends first"):
        grant(lab.id, member, role, source="given", now=NOW)
    db.session.rollback()


def test_whoever_declared_a_contract_with_a_debtor_does_not_sit(make: Make, lab: Lab) -> None:
    made, tied = audits.watch(make, lab), make.person()
    declared(lab.id, tied.id, Interest.CONTRACT)

    with pytest.raises(Conflict, match="declared work or a contract"):
        seat(made, tied)


def test_no_join_makes_a_member_one_with_somebody_of_the_entity(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    host = Acting(lab, made.facilitator, NOW)

    with pytest.raises(Conflict, match="sits over the work"):
        same_person.join(host, one=made.members[0].person_id or 0, two=made.entity.person_id or 0)


@pytest.mark.parametrize("ended", [False, True])
def test_a_facilitator_of_the_entity_records_no_acceptance(
    make: Make, lab: Lab, ended: bool
) -> None:
    """Written before the site knew that whoever is of it does not facilitate."""
    made = audits.watch(make, lab)
    audits.deliver(made)
    elsewhere = make.lab()
    make.keep(
        Grant(
            lab_id=elsewhere.id,
            person_id=made.facilitator.person_id or 0,
            role=Role.ALLY,
            source="old",
            organization_id=made.work.entity.id,
            granted_at=NOW,
            ended_at=NOW if ended else None,
        )
    )

    with pytest.raises(Denied, match="carries out the work"):
        service.accept_work(
            Acting(lab, made.facilitator, NOW),
            made.work,
            committee=made.committee,
            accepted_on=made.work.ends_on,
        )
