"""One person is one line: numbers are joined, parted within a day, and never make a vote."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Act, Actor, Role
from labapp.domain.stage import Stage
from labapp.labs import queries
from labapp.labs.models import JoinRequest, Lab, LabPerson, SamePerson
from labapp.labs.queries import identity, joins, lines
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import grant, members, registering, same_person
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.voting.models import RollLine, Vote
from tests.make import NOW, Make
from tests.voting.make import vote

DAY = timedelta(days=1)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.PRIORITIZATION)


@pytest.fixture
def host(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.FACILITATOR)


def neighbour(lab: Lab, host: Actor, name: str = "María Pérez") -> int:
    """Register somebody without an account."""
    said = Newcomer(name, is_other=True)
    return registering.register(Acting(lab, host, NOW), [said]).added[0]


def account(make: Make, name: str = "Maria Perez") -> Person:
    """Open an account for somebody of that name."""
    person = make.person()
    person.name = name
    return person


def member(make: Make, lab: Lab, name: str = "Maria Perez") -> int:
    """Open an account and make it a member's."""
    person = account(make, name)
    grant(lab.id, person.id, Role.MEMBER, source="admitted", now=NOW)
    return person.id


def asks(make: Make, lab: Lab, person: Person) -> JoinRequest:
    return make.keep(JoinRequest(lab_id=lab.id, person_id=person.id, asked_at=NOW))


def joined(lab: Lab, host: Actor, one: int, two: int) -> SamePerson:
    return same_person.join(Acting(lab, host, NOW), one=one, two=two)


def on_roll(row: Vote) -> set[int]:
    return {line.person_id for line in db.session.query(RollLine).filter_by(vote_id=row.id)}


def test_a_registered_neighbour_who_opens_an_account_is_admitted_as_one_line(
    make: Make, lab: Lab, host: Actor
) -> None:
    paper, person = neighbour(lab, host), account(make)
    asked = asks(make, lab, person)
    with pytest.raises(Conflict, match="sounds like"):
        members.admit(Acting(lab, host, NOW), asked)

    members.admit(Acting(lab, host, NOW), asked, who=Newcomer(person.name, same_as=paper))
    opened = vote(make, lab)

    assert queries.member_ids(lab.id) == [person.id]
    assert queries.count_holding(lab.id, Role.MEMBER) == 1
    assert on_roll(opened) == {person.id}
    assert [line.person_id for line in lines.page(lab.id, words="perez").rows] == [person.id]
    assert not list(joins.drift())


def test_another_person_of_the_same_name_is_told_apart(make: Make, lab: Lab, host: Actor) -> None:
    paper, person = neighbour(lab, host), account(make)
    asked = asks(make, lab, person)
    with pytest.raises(Conflict, match="sector or the nickname"):
        members.admit(Acting(lab, host, NOW), asked, who=Newcomer(person.name, is_other=True))

    other = Newcomer(person.name, known_as="La Loma", is_other=True)
    members.admit(Acting(lab, host, NOW), asked, who=other)

    assert queries.member_ids(lab.id) == [paper, person.id]
    listed = lines.lines_of(lab.id, [paper, person.id])
    assert (listed[paper].known_as, listed[person.id].known_as) == ("", "La Loma")
    with pytest.raises(Conflict):
        registering.tell_apart(Acting(lab, host, NOW), person_id=paper, known_as="la  loma")


def test_membership_holds_for_both_numbers_and_no_other_role_does(
    make: Make, lab: Lab, host: Actor
) -> None:
    paper, engineer = neighbour(lab, host), account(make)
    for role in (Role.FACILITATOR, Role.TELLER):
        members.give(Acting(lab, host, NOW), person_id=paper, role=role, has=())
    members.give(Acting(lab, host, NOW), person_id=engineer.id, role=Role.ALLY)

    joined(lab, host, engineer.id, paper)
    actor = queries.actor(lab, engineer.id, frozenset())

    assert actor.roles == {Role.ACCOUNT, Role.ALLY, Role.MEMBER}
    assert actor.others == {Role.FACILITATOR, Role.TELLER}
    assert queries.roles(lab.id, engineer.id) == {Role.ALLY, Role.MEMBER}


def test_a_join_of_one_lab_makes_nobody_a_member_of_another(
    make: Make, lab: Lab, host: Actor
) -> None:
    elsewhere = make.lab()
    one, two = member(make, lab), member(make, lab)
    grant(elsewhere.id, one, Role.MEMBER, source="admitted", now=NOW)

    joined(lab, host, one, two)

    assert queries.roles(elsewhere.id, two) == frozenset()
    assert queries.member_ids(elsewhere.id) == [one]
    assert identity.same_people(two, lab.id) == {one, two}
    assert identity.same_people(two, elsewhere.id) == identity.same_people(two) == {two}


def test_of_two_accounts_the_first_on_the_list_votes_whichever_way_they_are_joined(
    make: Make, lab: Lab, host: Actor
) -> None:
    first, second = member(make, lab), member(make, lab)

    joined(lab, host, second, first)

    assert queries.member_ids(lab.id) == [first]
    assert queries.roles(lab.id, second) == {Role.MEMBER}


def test_no_chain_comes_back_and_nobody_is_joined_twice(make: Make, lab: Lab, host: Actor) -> None:
    one, two, three = (member(make, lab) for _ in range(3))
    joined(lab, host, one, two)
    joined(lab, host, two, three)

    for a, b in ((one, three), (three, one), (two, one), (one, one)):
        with pytest.raises(Conflict, match="one person on the list already"):
            joined(lab, host, a, b)

    assert queries.member_ids(lab.id) == [one]
    assert not list(joins.drift())


def test_the_database_holds_no_number_joined_twice_or_to_itself(
    make: Make, lab: Lab, host: Actor
) -> None:
    one, two, three = (member(make, lab) for _ in range(3))
    row = joined(lab, host, one, two)
    assert row.other_id == two
    db.session.commit()
    lab_id = lab.id

    for kept, other in ((three, two), (one, one), (one, 99_999)):
        db.session.add(SamePerson(lab_id=lab_id, kept_id=kept, other_id=other, joined_at=NOW))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_only_people_of_the_list_are_joined_and_by_a_facilitator_who_is_neither(
    make: Make, lab: Lab, host: Actor
) -> None:
    one, stranger = member(make, lab), make.person()
    grant(lab.id, host.person_id or 0, Role.MEMBER, source="admitted", now=NOW)

    with pytest.raises(Conflict, match="on the list"):
        joined(lab, host, one, stranger.id)
    with pytest.raises(Conflict, match="your own line"):
        joined(lab, host, one, host.person_id or 0)
    with pytest.raises(Denied):
        joined(lab, make.actor(lab, Role.MEMBER), one, host.person_id or 0)


def test_a_join_is_undone_for_a_day_and_then_no_more(make: Make, lab: Lab, host: Actor) -> None:
    one, two = member(make, lab), member(make, lab)
    row = joined(lab, host, one, two)

    with pytest.raises(Conflict, match="A day has passed"):
        same_person.separate(Acting(lab, host, NOW + DAY), row)
    same_person.separate(Acting(lab, host, NOW + DAY - timedelta(seconds=1)), row)
    with pytest.raises(Conflict, match="parted already"):
        same_person.separate(Acting(lab, host, NOW), row)

    assert queries.member_ids(lab.id) == [one, two]
    assert identity.same_people(one) == {one}
    assert joined(lab, host, two, one).id != row.id


def test_an_objection_within_the_day_parts_the_two_at_once(
    make: Make, lab: Lab, host: Actor
) -> None:
    one, two = member(make, lab), member(make, lab)
    row = joined(lab, host, one, two)
    her = queries.actor(lab, two, frozenset())
    with pytest.raises(Conflict, match="Only somebody whose line"):
        same_person.object_to(Acting(lab, make.actor(lab), NOW), row)

    same_person.object_to(Acting(lab, her, NOW), row)

    assert queries.member_ids(lab.id) == [one, two]
    assert row.undone_by_id == two
    with pytest.raises(Conflict, match="parted already"):
        same_person.object_to(Acting(lab, her, NOW), row)
    with pytest.raises(Conflict, match="parted already"):
        same_person.separate(Acting(lab, host, NOW), row)
    db.session.commit()
    acts = [entry.act for entry in db.session.query(Entry).order_by(Entry.id)]
    assert acts[-2:] == [Act.PEOPLE_OBJECT, Act.PEOPLE_PART]
    assert not list(joins.drift())


def test_an_objection_after_the_day_comes_too_late(make: Make, lab: Lab, host: Actor) -> None:
    row = joined(lab, host, member(make, lab), two := member(make, lab))

    with pytest.raises(Conflict, match="A day has passed"):
        same_person.object_to(Acting(lab, queries.actor(lab, two, frozenset()), NOW + DAY), row)


def test_the_record_tells_of_numbers_and_never_of_names(make: Make, lab: Lab, host: Actor) -> None:
    paper, person = neighbour(lab, host), account(make)
    other = Newcomer("María Pérez", known_as="La Loma", is_other=True)
    registering.register(Acting(lab, host, NOW), [other])
    grant(lab.id, person.id, Role.MEMBER, source="admitted", now=NOW)

    same_person.separate(Acting(lab, host, NOW), joined(lab, host, person.id, paper))

    db.session.commit()
    entries = db.session.query(Entry).all()
    acts = {entry.act for entry in entries}
    assert {Act.MEMBER_ADMIT, Act.PEOPLE_JOIN, Act.PEOPLE_PART} <= acts
    written = "".join(entry.before + entry.after for entry in entries)
    assert not [word for word in ("María", "Perez", "Loma", "Mar\\u") if word in written]


def test_a_copy_changed_behind_the_application_is_named(make: Make, lab: Lab, host: Actor) -> None:
    one, two = member(make, lab), member(make, lab)
    joined(lab, host, one, two)
    line = db.session.query(LabPerson).filter_by(person_id=two).one()
    line.line_id = two
    db.session.get_one(Person, two).same_as_id = one
    db.session.flush()

    assert len(list(joins.drift())) == 2
