"""People ask to join and are admitted or not; roles are given, ended and handed over."""

import pytest

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs import queries
from labapp.labs.models import Lab
from labapp.labs.queries import affiliations
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import members, registering
from labapp.record.acting import Acting
from tests.labs.make import request
from tests.make import NOW, Make


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab()


@pytest.fixture
def facilitator(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.FACILITATOR)


def test_who_asks_waits_and_once_admitted_is_a_member(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    neighbour = make.actor(lab)
    asked = members.ask(Acting(lab, neighbour, NOW), words="Vivo aquí")
    with pytest.raises(Conflict):
        members.ask(Acting(lab, neighbour, NOW), words="Otra vez")

    members.admit(Acting(lab, facilitator, NOW), asked)

    assert queries.member_ids(lab.id) == [neighbour.person_id]
    assert not queries.waiting(lab.id)


def test_a_request_is_decided_once(make: Make, lab: Lab, facilitator: Actor) -> None:
    asked = request(make, lab)
    members.refuse(Acting(lab, facilitator, NOW), asked, reason="No es de aquí")

    with pytest.raises(Conflict):
        members.admit(Acting(lab, facilitator, NOW), asked)

    assert not queries.member_ids(lab.id)


def test_a_request_to_another_lab_is_not_decided_from_here(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    elsewhere = request(make, make.lab())

    with pytest.raises(Conflict):
        members.admit(Acting(lab, facilitator, NOW), elsewhere)


def test_who_was_refused_may_ask_again(make: Make, lab: Lab, facilitator: Actor) -> None:
    neighbour = make.actor(lab)
    asked = members.ask(Acting(lab, neighbour, NOW), words="")
    members.refuse(Acting(lab, facilitator, NOW), asked, reason="¿De dónde es?")

    again = members.ask(Acting(lab, neighbour, NOW), words="De la parte alta")

    assert (again.id, again.decided_at, again.reason) == (asked.id, None, "")


def test_a_member_admits_nobody(make: Make, lab: Lab) -> None:
    with pytest.raises(Denied):
        members.admit(Acting(lab, make.actor(lab, Role.MEMBER), NOW), request(make, lab))


def test_a_neighbour_without_an_account_is_a_member(lab: Lab, facilitator: Actor) -> None:
    done = registering.register(Acting(lab, facilitator, NOW), [Newcomer("Vecina 9")])

    assert db.session.get_one(Person, done.added[0]).username is None
    assert queries.member_ids(lab.id) == done.added


def test_whoever_is_responsible_is_so_for_an_organization(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    engineer, town = make.person(), make.organization()
    with pytest.raises(Conflict):
        members.give(Acting(lab, facilitator, NOW), person_id=engineer.id, role=Role.RESPONSIBLE)

    members.give(
        Acting(lab, facilitator, NOW),
        person_id=engineer.id,
        role=Role.RESPONSIBLE,
        organization_id=town.id,
    )

    assert affiliations.bodies_ever(engineer.id) == {town.id}


def test_a_role_of_the_committee_is_not_given_by_hand(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    with pytest.raises(ValueError, match="by hand"):
        members.give(Acting(lab, facilitator, NOW), person_id=make.person().id, role=Role.COMMITTEE)


def test_the_last_facilitator_cannot_leave_but_may_hand_over(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    mine = queries.people(lab.id, Role.FACILITATOR)[0]
    with pytest.raises(Conflict):
        members.end(Acting(lab, facilitator, NOW), mine, reason="Me voy.")
    other = make.person()

    members.hand_over(Acting(lab, facilitator, NOW), person_id=other.id, has=())

    assert [row.person_id for row in queries.people(lab.id, Role.FACILITATOR)] == [other.id]


def test_an_ally_is_named_once_and_its_part_may_change(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    body = make.organization()
    for part in ("Mide el agua", "Analiza el agua"):
        members.add_ally(Acting(lab, facilitator, NOW), organization_id=body.id, part=part)

    assert [ally.part for ally in queries.allies(lab.id)] == ["Analiza el agua"]
    members.drop_ally(Acting(lab, facilitator, NOW), organization_id=body.id)
    assert not queries.allies(lab.id)


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.CANCELLED])
def test_nobody_joins_a_lab_that_is_over(make: Make, stage: Stage) -> None:
    lab = make.lab(stage)

    with pytest.raises(Denied):
        members.ask(Acting(lab, make.actor(lab), NOW), words="")
