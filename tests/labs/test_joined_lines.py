"""A join gives and takes no vote, and what ends for one number ends for the person."""

from datetime import timedelta

import pytest

from labapp.accounts.models import Person
from labapp.db import db, utcnow
from labapp.domain.errors import Conflict
from labapp.domain.policy import Act, Actor, Role, may
from labapp.domain.stage import Stage
from labapp.labs import queries, tasks
from labapp.labs.models import Grant, JoinRequest, Lab, SamePerson
from labapp.labs.queries import joins, lines
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import end_every_grant, grant, members, registering, same_person
from labapp.labs.service.listing import put_on_list
from labapp.record.acting import Acting
from labapp.voting import service as votes
from labapp.voting.models import RollLine, Vote
from labapp.voting.queries import roll
from tests.client import Client
from tests.make import NOW, Make, declared, sign_in
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


def test_a_join_that_would_take_a_vote_waits_until_it_has_ended(
    make: Make, lab: Lab, host: Actor
) -> None:
    one, two = member(make, lab), member(make, lab)
    opened = vote(make, lab, now=NOW)

    with pytest.raises(Conflict, match="would take a vote") as refused:
        joined(lab, host, one, two)
    assert refused.value.values["number"] == str(opened.thing.number)
    after = Acting(lab, host, opened.closes_at)
    same_person.join(after, one=one, two=two)

    assert on_roll(opened) == {one, two}
    assert queries.member_ids(lab.id) == [one]


def test_a_join_while_a_vote_is_open_makes_nobody_able_to_vote_in_it(
    make: Make, lab: Lab, host: Actor
) -> None:
    paper, person = neighbour(lab, host), account(make)
    opened = vote(make, lab)
    grant(lab.id, person.id, Role.MEMBER, source="admitted", now=NOW)

    later = Acting(lab, host, NOW + timedelta(hours=1))
    row = same_person.join(later, one=person.id, two=paper)

    assert on_roll(opened) == {paper}
    assert not roll.is_on(opened.id, person.id)
    same_person.separate(later, row)
    assert on_roll(opened) == {paper}


def test_those_whom_an_open_roll_took_for_one_are_parted_once_it_has_ended(
    make: Make, lab: Lab, host: Actor
) -> None:
    one, two = member(make, lab), member(make, lab)
    row = joined(lab, host, one, two)
    opened = vote(make, lab, now=NOW)
    same_person.object_to(Acting(lab, queries.actor(lab, two, frozenset()), NOW), row)

    with pytest.raises(Conflict, match="without a vote"):
        same_person.separate(Acting(lab, host, NOW), row)
    assert tasks.separate_due(opened.closes_at - timedelta(seconds=1)) == 0
    assert queries.member_ids(lab.id) == [one]
    assert tasks.separate_due(opened.closes_at) == 1
    assert tasks.separate_due(opened.closes_at) == 0

    assert queries.member_ids(lab.id) == [one, two]
    assert not list(joins.drift())


def test_in_the_day_before_an_announced_vote_opens_no_member_is_joined(
    make: Make, lab: Lab, host: Actor
) -> None:
    crony, critic = member(make, lab), member(make, lab)
    paper = neighbour(lab, host, "Luis Ríos")
    stranger = account(make)
    declared(lab.id, stranger.id)
    grant(lab.id, stranger.id, Role.TELLER, source="given", now=NOW)
    coming = vote(make, lab, opens_at=NOW + 4 * DAY, now=NOW)
    late = Acting(lab, host, coming.opens_at - DAY + timedelta(seconds=1))

    # A member's paper line under a newcomer's account would be the newcomer's on the roll.
    for one, two in ((crony, critic), (critic, crony), (stranger.id, paper), (paper, stranger.id)):
        with pytest.raises(Conflict, match="the day to undo it") as refused:
            same_person.join(late, one=one, two=two)
    assert refused.value.values["number"] == str(coming.thing.number)
    votes.open_due(coming.opens_at)
    assert on_roll(coming) == {crony, critic, paper}


def test_a_join_whose_day_ends_by_the_opening_is_made_and_undone_in_time(
    make: Make, lab: Lab, host: Actor
) -> None:
    crony, critic = member(make, lab), member(make, lab)
    coming = vote(make, lab, opens_at=NOW + 4 * DAY, now=NOW)
    row = same_person.join(Acting(lab, host, coming.opens_at - DAY), one=crony, two=critic)

    last = coming.opens_at - timedelta(seconds=1)
    same_person.object_to(Acting(lab, queries.actor(lab, critic, frozenset()), last), row)
    votes.open_due(coming.opens_at)

    assert on_roll(coming) == {crony, critic}


def test_whoever_waits_for_the_end_of_a_vote_and_the_facilitators_are_told(
    make: Make, lab: Lab, host: Actor, client: Client
) -> None:
    one, two = member(make, lab), member(make, lab)
    now = utcnow()
    row = same_person.join(Acting(lab, host, now), one=one, two=two)
    vote(make, lab, now=now)
    db.session.commit()

    sign_in(client, db.session.get_one(Person, two))
    assert client.post(f"/labs/{lab.slug}/people/joins/{row.id}/object").status_code == 302
    own = client.get(f"/labs/{lab.slug}/join").text

    assert "en cuanto termine la votación" in own
    sign_in(client, host)
    assert "Una de las dos dice que no es así" in client.get(f"/labs/{lab.slug}/people").text
    assert queries.member_ids(lab.id) == [one]


def test_a_vote_of_another_lab_stands_in_no_ones_way(make: Make, lab: Lab, host: Actor) -> None:
    elsewhere = make.lab(Stage.PRIORITIZATION)
    one, two = member(make, lab), member(make, lab)
    for number in (one, two):
        grant(elsewhere.id, number, Role.MEMBER, source="admitted", now=NOW)
    vote(make, elsewhere)

    assert joined(lab, host, one, two).undone_at is None


def test_membership_ended_for_one_number_ends_for_the_person(
    make: Make, lab: Lab, host: Actor
) -> None:
    one, two = member(make, lab), neighbour(lab, host, "Mari Pérez")
    row = joined(lab, host, one, two)
    held = db.session.query(Grant).filter_by(person_id=one).one()

    members.end(Acting(lab, host, NOW), held, reason="Se mudó.")
    assert not queries.member_ids(lab.id)
    same_person.separate(Acting(lab, host, NOW), row)

    assert not queries.member_ids(lab.id)


def test_whoever_deletes_their_account_leaves_as_the_neighbour_they_were_too(
    make: Make, lab: Lab, host: Actor
) -> None:
    paper, person = neighbour(lab, host), account(make)
    grant(lab.id, person.id, Role.MEMBER, source="admitted", now=NOW)
    registering.tell_apart(Acting(lab, host, NOW), person_id=paper, known_as="La Loma")
    joined(lab, host, person.id, paper)

    _leave(person)

    assert not queries.member_ids(lab.id)
    assert db.session.get_one(Person, paper).name == "Cuenta borrada"
    assert lines.lines_of(lab.id, [paper])[paper].known_as == ""
    assert not list(joins.drift())


def test_of_two_accounts_the_one_that_stays_stands_for_the_person(
    make: Make, lab: Lab, host: Actor
) -> None:
    paper, first, second = neighbour(lab, host), account(make), account(make)
    for person in (first, second):
        grant(lab.id, person.id, Role.MEMBER, source="admitted", now=NOW)
        joined(lab, host, person.id, paper)

    _leave(first)

    assert queries.member_ids(lab.id) == [second.id]
    assert db.session.get_one(Person, paper).name == "María Pérez"
    assert not list(joins.drift())


def _leave(person: Person) -> None:
    """Delete an account as its service does."""
    person.name, person.username, person.deleted_at = "Cuenta borrada", None, NOW
    db.session.flush()
    end_every_grant(person.id, NOW)


def test_what_a_member_by_another_number_asks_is_answered_by_the_join(
    make: Make, lab: Lab, host: Actor
) -> None:
    paper, person = neighbour(lab, host), account(make)
    asks(make, lab, person)
    registering_line = grant(lab.id, person.id, Role.ALLY, source="given", now=NOW)

    joined(lab, host, registering_line.person_id, paper)

    assert not queries.waiting(lab.id)
    with pytest.raises(Conflict, match="member of this lab already"):
        members.ask(Acting(lab, queries.actor(lab, person.id, frozenset()), NOW), words="")


def test_nobody_reviews_a_lab_in_which_they_take_part_by_another_account(
    make: Make, lab: Lab, host: Actor
) -> None:
    ally, reviewer = make.person(), make.person()
    grant(lab.id, ally.id, Role.ALLY, source="given", now=NOW)
    put_on_list(lab.id, [reviewer.id], now=NOW, by=None)
    site = frozenset({Role.REVIEWER})
    assert may(queries.actor(lab, reviewer.id, site), Act.LAB_APPROVE, Stage.PREPARATION)

    # ANTAI gives the part later: of whoever has it already nobody says who else they are.
    joined(lab, host, ally.id, reviewer.id)

    assert not may(queries.actor(lab, reviewer.id, site), Act.LAB_APPROVE, Stage.PREPARATION)


def test_a_vote_opened_by_the_clock_takes_two_joined_for_one(
    make: Make, lab: Lab, host: Actor
) -> None:
    one, two = member(make, lab), member(make, lab)
    coming = vote(make, lab, opens_at=NOW + DAY)
    joined(lab, host, one, two)

    votes.open_due(NOW + DAY)

    assert on_roll(coming) == {one}
