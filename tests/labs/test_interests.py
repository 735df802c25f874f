"""Who serves a lab declares first, and is of no entity that owes it something."""

from itertools import product

import pytest
from sqlalchemy import select, update

from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.interests import OF_A_BODY, SERVING, Interest
from labapp.domain.policy import Act, Actor, Role
from labapp.domain.roles import IN_LAB
from labapp.domain.stage import Stage
from labapp.labs import queries, service
from labapp.labs.models import Grant, InterestDeclaration, Lab
from labapp.labs.service import end_grants, grant, interests, members, same_person
from labapp.labs.service.interests import require_nobody_of
from labapp.organizations.models import Organization
from labapp.record.acting import Acting
from labapp.record.models import Entry
from tests.client import Client
from tests.followup.make import agreement, letter
from tests.labs.make import draft, facilitating, places, reviewer, trusted
from tests.make import NOW, Make, declared, sign_in

ROLES = sorted(IN_LAB)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


@pytest.fixture
def host(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.FACILITATOR)


def given(lab: Lab, person_id: int, role: Role, body: Organization) -> bool:
    """Give a role as any door does; tell whether it was given."""
    organization = body.id if role in OF_A_BODY else None
    try:
        grant(lab.id, person_id, role, source="matrix", now=NOW, organization_id=organization)
    except Conflict:
        return False
    return True


@pytest.mark.parametrize("role", sorted(SERVING))
def test_nobody_serves_undeclared_by_any_door(
    make: Make, lab: Lab, host: Actor, role: Role
) -> None:
    somebody, acting = make.person(), Acting(lab, host, NOW)

    with pytest.raises(Conflict, match="before they declare"):
        members.give(acting, person_id=somebody.id, role=role)
    with pytest.raises(Conflict, match="before they declare"):
        members.hand_over(acting, person_id=somebody.id)
    with pytest.raises(Conflict, match="before they declare"):
        grant(lab.id, somebody.id, role, source="anything", now=NOW)
    assert not queries.roles(lab.id, somebody.id)

    members.give(acting, person_id=somebody.id, role=role, has=())
    assert queries.roles(lab.id, somebody.id) == {role}


@pytest.mark.parametrize(("role", "interest"), [*product(sorted(SERVING), Interest)])
def test_whoever_has_any_of_the_three_does_not_serve(
    make: Make, lab: Lab, host: Actor, role: Role, interest: Interest
) -> None:
    somebody, acting = make.actor(lab), Acting(lab, host, NOW)
    with pytest.raises(Conflict, match="does not serve"):
        members.give(acting, person_id=somebody.person_id or 0, role=role, has={interest})
    assert not queries.roles(lab.id, somebody.person_id or 0)


@pytest.mark.parametrize("interest", list(Interest))
def test_a_yes_declared_later_ends_the_part_at_once(
    make: Make, lab: Lab, host: Actor, interest: Interest
) -> None:
    teller = make.actor(lab, Role.TELLER)

    interests.declare(Acting(lab, teller, NOW), has={interest})
    db.session.commit()

    assert not queries.roles(lab.id, teller.person_id or 0)
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert entry.act == Act.INTEREST_DECLARE
    assert interest.value not in entry.after, "the record keeps that it was declared, not which"
    with pytest.raises(Conflict):
        members.give(Acting(lab, host, NOW), person_id=teller.person_id or 0, role=Role.TELLER)


def test_nobody_says_no_for_whoever_said_yes_themselves(make: Make, lab: Lab, host: Actor) -> None:
    somebody = make.actor(lab)
    interests.declare(Acting(lab, somebody, NOW), has={Interest.CANDIDACY})
    acting = Acting(lab, host, NOW)

    with pytest.raises(Conflict, match="only they can declare anew"):
        members.give(acting, person_id=somebody.person_id or 0, role=Role.TELLER, has=())

    interests.declare(Acting(lab, somebody, NOW), has=())
    members.give(acting, person_id=somebody.person_id or 0, role=Role.TELLER)
    assert queries.roles(lab.id, somebody.person_id or 0) == {Role.TELLER}


def test_a_declaration_is_kept_as_it_was_made(make: Make, lab: Lab) -> None:
    declared(lab.id, make.person().id, Interest.OFFICE)

    with pytest.raises(Exception, match="kept as it was made"):
        db.session.execute(update(InterestDeclaration).values(holds_office=False))
    db.session.rollback()


def test_antai_approves_no_lab_whose_facilitator_has_not_declared(make: Make) -> None:
    places(make)
    guide = trusted(make)
    lab = draft(make, guide, "080818")
    late = make.person()
    make.keep(
        Grant(
            lab_id=lab.id,
            person_id=late.id,
            role=Role.FACILITATOR,
            source="before there were declarations",
            granted_at=NOW,
        )
    )
    acting = Acting(lab, reviewer(make), NOW)
    with pytest.raises(Conflict, match="before they declare"):
        service.approve(acting)
    assert lab.approved_at is None

    declared(lab.id, late.id)
    service.approve(acting)
    assert lab.approved_at == NOW


def test_whoever_holds_an_office_drafts_no_lab(make: Make) -> None:
    with pytest.raises(Conflict, match="does not serve"):
        service.draft(
            Acting(None, trusted(make), NOW),
            name="San Martín",
            where=service.Where(),
            has={Interest.OFFICE},
        )


def test_a_lab_left_without_a_facilitator_is_entrusted_by_antai(make: Make) -> None:
    places(make)
    guide = trusted(make)
    lab, antai, other = draft(make, guide, "080818"), reviewer(make), make.person()
    acting = Acting(lab, antai, NOW)
    with pytest.raises(Conflict, match="hand it over"):
        members.entrust(acting, person_id=other.id, has=())

    interests.declare(Acting(lab, facilitating(guide), NOW), has={Interest.OFFICE})
    with pytest.raises(Denied):
        members.entrust(Acting(lab, guide, NOW), person_id=other.id, has=())
    with pytest.raises(Conflict, match="before they declare"):
        members.entrust(acting, person_id=other.id)
    members.entrust(acting, person_id=other.id, has=())

    assert [row.person_id for row in queries.people(lab.id, Role.FACILITATOR)] == [other.id]


@pytest.mark.parametrize("place", ["this lab", "another"])
@pytest.mark.parametrize("first", ["here", "there"])
def test_nobody_serves_a_lab_to_which_their_own_entity_owes_something(
    make: Make, lab: Lab, place: str, first: str
) -> None:
    body = letter(make, lab).organization
    elsewhere = lab if place == "this lab" else make.lab()
    for here, there in product(ROLES, ROLES):
        person = make.person().id
        for at in {lab.id, elsewhere.id}:
            declared(at, person)
        order = [(lab, here), (elsewhere, there)]

        done = [
            given(at, person, role, body) for at, role in order[:: 1 if first == "here" else -1]
        ]

        conflicts = here in SERVING and there in OF_A_BODY
        if place == "this lab":
            conflicts |= there in SERVING and here in OF_A_BODY
        assert done == [True, not conflicts], (here, there)


@pytest.mark.parametrize("role", sorted(OF_A_BODY))
def test_who_was_of_an_entity_once_does_not_serve_where_it_owes(
    make: Make, lab: Lab, host: Actor, role: Role
) -> None:
    body, person, elsewhere = letter(make, lab).organization, make.person(), make.lab()
    grant(elsewhere.id, person.id, role, source="old", now=NOW, organization_id=body.id)
    end_grants(elsewhere.id, person.id, "old", now=NOW)

    with pytest.raises(Conflict, match=body.name):
        members.give(Acting(lab, host, NOW), person_id=person.id, role=Role.TELLER, has=())


@pytest.mark.parametrize("role", sorted(SERVING))
def test_an_entity_comes_to_owe_nothing_while_one_of_its_own_serves(
    make: Make, lab: Lab, host: Actor, role: Role
) -> None:
    body, elsewhere = make.organization(), make.lab()
    server = make.actor(lab, role)
    grant(
        elsewhere.id,
        server.person_id or 0,
        Role.ALLY,
        source="given",
        now=NOW,
        organization_id=body.id,
    )

    with pytest.raises(Conflict, match=body.name):
        require_nobody_of(Acting(lab, host, NOW), body.id)
    require_nobody_of(Acting(lab, host, NOW), make.organization().id)


def test_who_is_found_to_be_one_with_somebody_of_the_entity_serves_no_longer(
    make: Make, lab: Lab, host: Actor
) -> None:
    body, teller = letter(make, lab).organization, make.actor(lab, Role.TELLER)
    other = make.actor(lab, Role.RESPONSIBLE, organization=body)

    same_person.join(Acting(lab, host, NOW), one=teller.person_id or 0, two=other.person_id or 0)

    assert not queries.roles(lab.id, teller.person_id or 0)


def test_somebody_declares_on_their_own_page(make: Make, client: Client, lab: Lab) -> None:
    body = agreement(make, lab).organization
    teller = make.actor(lab, Role.TELLER)
    sign_in(client, teller)
    address = f"/labs/{lab.slug}/declaration"
    assert body.name in client.get(address).text

    both = client.post(address, data={"interests": ["none", "office"]})
    nothing = client.post(address)
    yes = client.post(address, data={"interests": "contract"})

    assert [answer.status_code for answer in (both, nothing, yes)] == [422, 422, 302]
    assert not queries.roles(lab.id, teller.person_id or 0)


def test_the_pages_of_a_lab_show_what_was_declared(make: Make, client: Client, lab: Lab) -> None:
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    somebody = make.person()
    address = f"/labs/{lab.slug}/people/give"
    data = {"username": somebody.username, "role": "teller"}

    assert client.post(address, data=data).status_code == 422
    assert client.post(address, data=data | {"interests": "office"}).status_code == 422
    assert not queries.roles(lab.id, somebody.id)
    assert client.post(address, data=data | {"interests": "none"}).status_code == 302

    shown = client.get(f"/labs/{lab.slug}/people").text
    assert shown.count("ningún cargo") == 2
    assert "como lo dijo" in shown
