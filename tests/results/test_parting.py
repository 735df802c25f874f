"""Names and turnout part when a vote ends: the counts stay, and nothing says who took part."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.polling import queries as polling_queries
from labapp.results import queries, service, tasks
from labapp.results.models import AnnulmentRequest, UnwipedVote
from labapp.results.tasks import shuffle
from labapp.voting.models import RollLine, Turnout, Vote
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.polling import make as hall
from tests.polling import table
from tests.voting import joins
from tests.voting import make as voting

PARTED = "names and turnout part"
#: A vote that ends: of its lab, by somebody.
End = Callable[[Make, Lab, Vote], None]


def publish(make: Make, lab: Lab, vote: Vote) -> None:
    """Close it, reconcile its hall, and let the clock publish."""
    service.close_due(vote.closes_at)
    table.reconcile_all(lab, vote, make.actor(lab, Role.FACILITATOR))
    tasks.close_due(vote.closes_at)
    db.session.refresh(vote)
    assert vote.published_at


def annul(make: Make, lab: Lab, vote: Vote) -> None:
    """Annul it while it is open, as its page does."""
    voting.annul(make, lab, vote, now=utcnow(), reason="La lista estaba mal.")
    db.session.commit()
    tasks.finish(vote.id, utcnow())
    shuffle.wipe_ended(utcnow())


def held(make: Make) -> tuple[Lab, Vote]:
    """Hold a vote in which some came by account, some with cards and some on paper."""
    lab = voting.lab(make)
    vote, voters = hall.vote(make, lab, people=12)
    for voter in voters[:5]:
        voting.cast(lab, voter, vote, [1], now=vote.opens_at)
    for code in hall.given(make, lab, vote, 4):
        hall.cast(lab, vote, code, [2])
    hall.hand_out(vote, 1, Channel.HANDS)
    return lab, vote


def names(vote: Vote) -> list[int | None]:
    return list(db.session.scalars(select(Turnout.person_id).where(Turnout.vote_id == vote.id)))


@pytest.mark.parametrize("end", [publish, annul])
def test_when_a_vote_ends_no_row_says_who_took_part_and_every_count_stays(
    make: Make, end: End
) -> None:
    lab, vote = held(make)
    counts, keys = polling_queries.turnout_by_channel(vote.id), joins.keys(("turnout",))
    db.session.rollback()

    end(make, lab, vote)

    assert counts == {Channel.ACCOUNT: 5, Channel.CARD: 4, Channel.HANDS: 1}
    assert polling_queries.turnout_by_channel(vote.id) == counts
    assert names(vote) == [None] * 10
    assert not set(keys) & set(joins.keys(("turnout",)))
    assert queries.votes_to_wipe() == []
    roll = select(RollLine.person_id).where(RollLine.vote_id == vote.id)
    assert len(db.session.scalars(roll).all()) == vote.roll_size == 12
    if db.engine.dialect.name == "sqlite":
        assert not [key for key in keys if key.encode() in joins.on_disk()]


@pytest.mark.parametrize("end", [publish, annul])
def test_the_database_refuses_a_name_once_a_vote_has_ended(make: Make, end: End) -> None:
    lab, vote = held(make)
    end(make, lab, vote)
    who = db.session.scalars(select(RollLine.person_id)).first()
    row = {"consultation_id": vote.id, "person_id": who, "channel": Channel.CARD}

    for change in (insert(Turnout).values(**row), update(Turnout).values(person_id=who)):
        with pytest.raises(IntegrityError, match=PARTED):
            db.session.execute(change)
        db.session.rollback()


@pytest.mark.parametrize("column", ["published_at", "annulled_at"])
def test_the_database_lets_no_vote_end_while_its_turnout_names_somebody(
    make: Make, column: str
) -> None:
    _lab, vote = held(make)
    agreed = {"agreed": True, "answered_at": vote.closes_at, "answered_by_id": make.person().id}
    asked = {"vote_id": vote.id, "reason": "x", "asked_at": NOW, "due_at": vote.closes_at}
    make.keep(AnnulmentRequest(**asked, **agreed))
    values = {"closed_at": vote.closes_at, column: vote.closes_at, "annulled_why": "Porque sí."}

    with pytest.raises(IntegrityError, match=PARTED):
        db.session.execute(update(Vote).where(Vote.id == vote.id).values(values))


def test_a_vote_annulled_before_it_opened_leaves_nothing_to_wipe(make: Make) -> None:
    lab = voting.lab(make)
    vote = voting.vote(make, lab, now=utcnow(), opens_at=utcnow() + timedelta(days=4))

    annul(make, lab, vote)

    assert (names(vote), queries.votes_to_wipe()) == ([], [])


def test_what_could_not_be_wiped_at_once_is_wiped_on_a_later_turn(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, vote = held(make)

    def busy() -> bool:
        raise sqlite3.OperationalError("database table is locked")

    with monkeypatch.context() as now:
        now.setattr(shuffle, "_wipe_sqlite", busy)
        now.setattr(shuffle, "_wipe_postgresql", busy)
        service.close_due(vote.closes_at)
        table.reconcile_all(lab, vote, make.actor(lab, Role.FACILITATOR))
        service.note_shuffle(vote.id, vote.closes_at)
        assert tasks.finish(vote.id, vote.closes_at)
        before = db.session.scalars(select(UnwipedVote.vote_id)).all()
        db.session.rollback()

    assert before == [vote.id]
    assert shuffle.wipe_ended(vote.closes_at) == 1
    assert queries.votes_to_wipe() == []
    assert shuffle.wipe_ended(vote.closes_at) == 0


def test_after_the_publication_the_page_says_that_nothing_says_who_voted(
    make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    voter, *_ = voting.voters(make, lab, 2)
    vote = voting.vote(make, lab, now=utcnow())
    voting.cast(lab, voter, vote, [1], now=utcnow())
    sign_in(client, voter)
    there = voting.address(lab, vote)

    during = client.get(there).text
    voting.finish(vote)
    after = client.get(there).text

    assert "Usted ya votó." in during
    assert "Usted ya votó." not in after
    assert "nada dice ya quién participó" in after
    assert "Usted todavía no ha votado" not in after + client.get(f"/labs/{lab.slug}/votes/").text
