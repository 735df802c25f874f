"""People ask to join and are admitted or not; roles are given, ended and handed over."""

import pytest

from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs import members, queries
from labapp.labs.models import Lab
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
    asked = members.ask(lab, neighbour, words="Vivo aquí", now=NOW)
    with pytest.raises(Conflict):
        members.ask(lab, neighbour, words="Otra vez", now=NOW)

    members.admit(lab, facilitator, asked, now=NOW)

    assert queries.member_ids(lab.id) == [neighbour.person_id]
    assert not queries.waiting(lab.id)


def test_a_request_is_decided_once(make: Make, lab: Lab, facilitator: Actor) -> None:
    asked = request(make, lab)
    members.refuse(lab, facilitator, asked, reason="No es de aquí", now=NOW)

    with pytest.raises(Conflict):
        members.admit(lab, facilitator, asked, now=NOW)

    assert not queries.member_ids(lab.id)


def test_a_request_to_another_lab_is_not_decided_from_here(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    elsewhere = request(make, make.lab())

    with pytest.raises(Conflict):
        members.admit(lab, facilitator, elsewhere, now=NOW)


def test_who_was_refused_may_ask_again(make: Make, lab: Lab, facilitator: Actor) -> None:
    neighbour = make.actor(lab)
    asked = members.ask(lab, neighbour, words="", now=NOW)
    members.refuse(lab, facilitator, asked, reason="¿De dónde es?", now=NOW)

    again = members.ask(lab, neighbour, words="De la parte alta", now=NOW)

    assert (again.id, again.decided_at, again.reason) == (asked.id, None, "")


def test_a_member_admits_nobody(make: Make, lab: Lab) -> None:
    with pytest.raises(Denied):
        members.admit(lab, make.actor(lab, Role.MEMBER), request(make, lab), now=NOW)


def test_a_neighbour_without_an_account_is_a_member(lab: Lab, facilitator: Actor) -> None:
    person = members.register(lab, facilitator, name="Vecina 9", now=NOW)

    assert person.username is None
    assert queries.member_ids(lab.id) == [person.id]


def test_whoever_is_responsible_is_so_for_an_organization(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    engineer, town = make.person(), make.organization()
    with pytest.raises(Conflict):
        members.give(lab, facilitator, person_id=engineer.id, role=Role.RESPONSIBLE, now=NOW)

    members.give(
        lab,
        facilitator,
        person_id=engineer.id,
        role=Role.RESPONSIBLE,
        organization_id=town.id,
        now=NOW,
    )

    assert queries.speaks_for(lab.id, engineer.id) == {town.id}


def test_a_role_of_the_committee_is_not_given_by_hand(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    with pytest.raises(ValueError, match="by hand"):
        members.give(lab, facilitator, person_id=make.person().id, role=Role.COMMITTEE, now=NOW)


def test_the_last_facilitator_cannot_leave_but_may_hand_over(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    mine = queries.people(lab.id, Role.FACILITATOR)[0]
    with pytest.raises(Conflict):
        members.end(lab, facilitator, mine, now=NOW)
    other = make.person()

    members.hand_over(lab, facilitator, person_id=other.id, now=NOW)

    assert [row.person_id for row in queries.people(lab.id, Role.FACILITATOR)] == [other.id]


def test_an_ally_is_named_once_and_its_part_may_change(
    make: Make, lab: Lab, facilitator: Actor
) -> None:
    body = make.organization()
    for part in ("Mide el agua", "Analiza el agua"):
        members.add_ally(lab, facilitator, organization_id=body.id, part=part, now=NOW)

    assert [ally.part for ally in queries.allies(lab.id)] == ["Analiza el agua"]
    members.drop_ally(lab, facilitator, organization_id=body.id, now=NOW)
    assert not queries.allies(lab.id)


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.CANCELLED])
def test_nobody_joins_a_lab_that_is_over(make: Make, stage: Stage) -> None:
    lab = make.lab(stage)

    with pytest.raises(Denied):
        members.ask(lab, make.actor(lab), words="", now=NOW)
