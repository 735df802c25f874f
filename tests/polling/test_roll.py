"""The roll in the hall: found by part of a name, taken once, freed when nothing was used."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labapp.accounts.models import Person
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import registering, same_person
from labapp.polling.models import Card, CardState
from labapp.polling.service import roll
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.voting.models import Turnout
from labapp.voting.queries import roll as roll_queries
from labapp.voting.queries.name_search import HANDFUL
from tests.make import NOW, Make
from tests.polling import make as polling
from tests.voting import make as voting

#: No letters of a name, or not side by side.
ODD = ("123", "...", "a.n.a", "\u0301\u0301\u0301", "ñ\u0303\u0303")
OF_THE_HALL = [channel for channel in Channel if channel is not Channel.ACCOUNT]


def named(actor: Actor, name: str) -> None:
    db.session.get_one(Person, actor.person_id).name = name


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nunez", ["María Núñez", "Ñata Núñez"]),
        ("ÑÚÑEZ maria", ["María Núñez"]),
        ("Nu\u0303n", ["María Núñez", "Ñata Núñez"]),
        ("bäk", ["Bäki Ëbira"]),
        ("bak i", ["Bäki Ëbira"]),
        ("Bo Lí", ["Bo Li"]),
    ],
)
def test_part_of_a_name_finds_it_however_it_is_written(
    make: Make, typed: str, found: list[str]
) -> None:
    lab = voting.lab(make)
    vote, voters = polling.vote(make, lab, people=4)
    for voter, name in zip(
        voters, ["Ñata Núñez", "Bäki Ëbira", "María Núñez", "Bo Li"], strict=True
    ):
        named(voter, name)

    assert [one.name for one in roll_queries.look_up(vote, typed).names] == found


@pytest.mark.parametrize(
    "typed",
    [
        *ODD,
        "",
        "   ",
        "a",
        "an",
        "a n a",
        "a b c d",
        "%",
        "%%%",
        "___",
        "a%n",
        "a_a",
        "an%",
        "%an%",
    ],
)
def test_without_three_letters_of_a_name_nobody_is_found(make: Make, typed: str) -> None:
    lab = voting.lab(make)
    vote, voters = polling.vote(make, lab, people=3)
    for voter, name in zip(voters, ["Ana Ana", "Juana Ñañez", "A. Banana 123"], strict=True):
        named(voter, name)

    found = roll_queries.look_up(vote, typed)

    assert (found.is_enough, [*found.names], found.more) == (False, [], False)


def test_of_many_only_a_handful_is_named_and_more_letters_are_asked(make: Make) -> None:
    lab = voting.lab(make)
    vote, voters = polling.vote(make, lab, people=9)
    for n, voter in enumerate(voters):
        named(voter, f"Mariela {'abcdefghi'[n]}")

    found, one = roll_queries.look_up(vote, "mari"), roll_queries.look_up(vote, "mariela c")

    assert (len(found.names), found.more) == (HANDFUL, True)
    assert not [name for name in ("taken", "channel") if hasattr(found.names[0], name)]
    assert ([person.name for person in one.names], one.more) == (["Mariela c"], False)


def test_namesakes_typed_whole_are_all_named(make: Make) -> None:
    lab = voting.lab(make)
    vote, voters = polling.vote(make, lab, people=9)
    for n, voter in enumerate(voters):
        named(voter, "José González" if n < 8 else "José González Abrego")

    found = roll_queries.look_up(vote, "jose gonzalez")

    assert [one.name for one in found.names] == ["José González"] * 8
    assert found.more


@pytest.mark.parametrize("channel", OF_THE_HALL)
def test_a_line_is_taken_once_by_any_way_and_leaves_no_entry(make: Make, channel: Channel) -> None:
    lab = voting.lab(make)
    vote, (voter, _other) = polling.vote(make, lab, people=2)
    teller = make.actor(lab, Role.TELLER)
    entries = db.session.scalar(select(func.count()).select_from(Entry))

    roll.take(
        Acting(lab, teller, vote.opens_at), vote, person_id=voter.person_id or 0, channel=channel
    )
    db.session.commit()

    for again in OF_THE_HALL:
        with pytest.raises(Conflict, match=str(roll.TAKEN[channel])):
            roll.take(
                Acting(lab, teller, vote.opens_at),
                vote,
                person_id=voter.person_id or 0,
                channel=again,
            )
    with pytest.raises(Conflict):
        voting.cast(lab, voter, vote, [1], now=vote.opens_at)
    assert db.session.scalars(select(Turnout.channel)).all() == [channel]
    assert db.session.scalar(select(func.count()).select_from(Entry)) == entries


def test_whoever_voted_by_account_gets_no_card_and_is_not_freed(make: Make) -> None:
    lab = voting.lab(make)
    vote, (voter,) = polling.vote(make, lab)
    teller = make.actor(lab, Role.TELLER)
    voting.cast(lab, voter, vote, [1], now=vote.opens_at)
    who = voter.person_id or 0

    with pytest.raises(Conflict, match="account"):
        roll.take(Acting(lab, teller, vote.opens_at), vote, person_id=who, channel=Channel.CARD)
    with pytest.raises(Conflict, match="account"):
        roll.give_back(Acting(lab, teller, vote.opens_at), vote, person_id=who)


@pytest.mark.parametrize(
    ("channel", "offered"),
    [(Channel.ACCOUNT, tuple(Channel)), (Channel.CARD, (Channel.ACCOUNT, Channel.PAPER))],
)
def test_a_way_that_is_not_offered_takes_no_line(
    make: Make, channel: Channel, offered: tuple[Channel, ...]
) -> None:
    lab = voting.lab(make)
    vote, (voter,) = polling.vote(make, lab, channels=offered)

    with pytest.raises(Conflict, match="does not offer"):
        roll.take(
            Acting(lab, make.actor(lab, Role.TELLER), vote.opens_at),
            vote,
            person_id=voter.person_id or 0,
            channel=channel,
        )


def test_only_those_on_the_list_and_only_while_the_vote_is_open(make: Make) -> None:
    lab = voting.lab(make)
    vote, (voter,) = polling.vote(make, lab)
    teller = make.actor(lab, Role.TELLER)
    stranger, who = make.person().id, voter.person_id or 0

    with pytest.raises(Conflict, match="list"):
        roll.take(
            Acting(lab, teller, vote.opens_at), vote, person_id=stranger, channel=Channel.CARD
        )
    for now in (vote.opens_at - timedelta(hours=1), vote.closes_at):
        with pytest.raises(Conflict):
            roll.take(Acting(lab, teller, now), vote, person_id=who, channel=Channel.CARD)
        with pytest.raises(Conflict):
            roll.give_back(Acting(lab, teller, now), vote, person_id=who)
    for role in (Role.MEMBER, Role.REVIEWER, Role.ADMINISTRATOR):
        with pytest.raises(Denied):
            roll.take(
                Acting(lab, make.actor(lab, role), vote.opens_at),
                vote,
                person_id=who,
                channel=Channel.CARD,
            )


@pytest.mark.parametrize("channel", OF_THE_HALL)
def test_a_line_is_freed_and_the_person_may_vote_another_way(make: Make, channel: Channel) -> None:
    lab = voting.lab(make)
    vote, (voter,) = polling.vote(make, lab)
    teller, who = make.actor(lab, Role.TELLER), voter.person_id or 0
    roll.take(Acting(lab, teller, vote.opens_at), vote, person_id=who, channel=channel)

    roll.give_back(Acting(lab, teller, vote.opens_at), vote, person_id=who)
    db.session.commit()

    with pytest.raises(Conflict, match="free already"):
        roll.give_back(Acting(lab, teller, vote.opens_at), vote, person_id=who)
    assert voting.cast(lab, voter, vote, [1], now=vote.opens_at)


def test_no_line_is_freed_when_as_many_cards_were_used(make: Make) -> None:
    lab = voting.lab(make)
    vote, (voter,) = polling.vote(make, lab)
    teller, who = make.actor(lab, Role.TELLER), voter.person_id or 0
    roll.take(Acting(lab, teller, vote.opens_at), vote, person_id=who, channel=Channel.CARD)
    make.keep(Card(vote_id=vote.id, serial=1, code_hash="x", state=CardState.USED))

    with pytest.raises(Conflict, match="no line"):
        roll.give_back(Acting(lab, teller, vote.opens_at), vote, person_id=who)


def test_a_neighbour_without_an_account_is_on_the_list(make: Make) -> None:
    lab = voting.lab(make)
    neighbour = make.keep(Person(name="Vecina sin teléfono", created_at=NOW))
    vote, _ = polling.vote(make, lab, people=0, members=[neighbour.id], now=utcnow())

    (line,) = roll_queries.look_up(vote, "sin tel").names

    assert (line.name, line.has_account) == ("Vecina sin teléfono", False)
    assert roll_queries.turnout_of(vote.id, line.person_id) is None


@pytest.mark.parametrize("channel", OF_THE_HALL)
def test_nobody_votes_by_the_line_of_a_deleted_account_and_the_roll_keeps_it(
    make: Make, channel: Channel
) -> None:
    lab = voting.lab(make)
    vote, (voter, _other) = polling.vote(make, lab, people=2)
    teller = make.actor(lab, Role.TELLER)
    left = db.session.get_one(Person, voter.person_id)
    left.name, left.username, left.deleted_at = "Cuenta cerrada", None, NOW
    db.session.flush()

    assert not roll_queries.look_up(vote, "cuenta cerrada").names
    at_the_table = Acting(lab, teller, vote.opens_at)
    with pytest.raises(Conflict, match="not on the list"):
        roll.take(at_the_table, vote, person_id=left.id, channel=channel)
    assert roll_queries.is_on(vote.id, left.id)
    assert not list(roll_queries.drift())


def test_whoever_was_joined_comes_by_either_name(make: Make) -> None:
    lab = voting.lab(make)
    host = make.actor(lab, Role.FACILITATOR)
    (account,) = voting.voters(make, lab, 1)
    named(account, "Carlota Díaz")
    at_the_door = Acting(lab, host, NOW)
    paper = registering.register(at_the_door, [Newcomer("Lota la de Beto")]).added[0]
    same_person.join(at_the_door, one=account.person_id or 0, two=paper)
    vote, _ = polling.vote(make, lab, people=0)

    found = [roll_queries.look_up(vote, words).names for words in ("carlota", "lota la")]

    assert [[one.person_id for one in names] for names in found] == [[account.person_id]] * 2
    assert found[0][0].known_as == "Lota la de Beto"
