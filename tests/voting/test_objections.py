"""Objections to the list of a vote: in their days, one at a time, answered, counted in public."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import members
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.results.service import annulment
from labapp.thread.models import Duty
from labapp.voting import service
from labapp.voting.models import RollLine, Vote
from labapp.voting.models.roll_objection import ObjectionKind, RollObjection
from labapp.voting.queries import objections as queries
from labapp.voting.service import objections
from labapp.voting.service.objections import ObjectionText
from tests.make import NOW, Make
from tests.voting import make as voting

OPENS, DAYS = NOW + timedelta(days=5), 3
SHOWN = OPENS - timedelta(days=DAYS)
KINDS = list(ObjectionKind)


class Town:
    """A lab with a member, a stranger who has an account, and a vote announced five days before."""

    def __init__(self, make: Make) -> None:
        self.lab: Lab = voting.lab(make)
        (self.member,) = voting.voters(make, self.lab, 1)
        self.guide = make.actor(self.lab, Role.FACILITATOR)
        self.stranger = Actor(make.person().id, frozenset({Role.ACCOUNT}))
        self.vote: Vote = voting.vote(make, self.lab, opens_at=OPENS)
        db.session.commit()

    def objection(
        self, by: Actor, kind: ObjectionKind = ObjectionKind.WRONG, *, now: datetime = SHOWN
    ) -> RollObjection:
        text = ObjectionText(kind, "Falta la señora del molino.", DAYS)
        return objections.object_to_roll(Acting(self.lab, by, now), self.vote, text=text)

    def answer(self, objection: RollObjection, *, accepted: bool, now: datetime = SHOWN) -> None:
        acting = Acting(self.lab, self.guide, now)
        objections.answer(acting, self.vote, objection, accepted=accepted, words="Se miró.")

    def open(self) -> None:
        service.open_vote(Acting(self.lab, self.guide, OPENS), self.vote)
        db.session.commit()

    def duty(self) -> Duty | None:
        return db.session.scalar(
            select(Duty).where(Duty.thing_id == self.vote.id, Duty.what == DutyKind.OBJECTION)
        )


@pytest.fixture
def town(make: Make) -> Town:
    return Town(make)


def test_the_list_is_objected_to_from_three_days_before_the_opening_until_it(town: Town) -> None:
    with pytest.raises(Conflict, match="not shown yet"):
        town.objection(town.member, now=SHOWN - timedelta(seconds=1))
    town.objection(town.member, now=SHOWN)
    town.objection(town.stranger, now=OPENS - timedelta(seconds=1))
    town.open()

    with pytest.raises(Conflict, match="has opened"):
        town.objection(town.stranger, ObjectionKind.MISSING, now=OPENS)
    with pytest.raises(IntegrityError, match="an open vote is frozen"):
        db.session.execute(
            insert(RollObjection).values(
                consultation_id=town.vote.id,
                person_id=town.stranger.person_id,
                kind=ObjectionKind.MISSING,
                words="Tarde.",
                objected_at=OPENS,
            )
        )


def test_a_vote_announced_later_is_objected_to_from_its_announcement_on(make: Make) -> None:
    lab = voting.lab(make)
    (member,) = voting.voters(make, lab, 1)
    vote = voting.vote(make, lab, opens_at=NOW + timedelta(hours=20))
    text = ObjectionText(ObjectionKind.WRONG, "Una está dos veces.", DAYS)

    objections.object_to_roll(Acting(lab, member, NOW), vote, text=text)

    assert queries.counts(vote) == (1, 1)


def test_a_visitor_objects_to_nothing_and_nobody_but_a_facilitator_answers(
    make: Make, town: Town
) -> None:
    objection = town.objection(town.member)
    with pytest.raises(Denied):
        town.objection(Actor(None, frozenset()))
    for role in (Role.MEMBER, Role.REVIEWER, Role.ADMINISTRATOR, Role.TELLER):
        town.guide = make.actor(town.lab, role)
        with pytest.raises(Denied):
            town.answer(objection, accepted=True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_objection_waits_for_its_answer_and_comes_again_after_it(
    town: Town, kind: ObjectionKind
) -> None:
    first = town.objection(town.stranger, kind)
    with pytest.raises(Conflict, match="one at a time"):
        town.objection(town.stranger, kind)

    town.answer(first, accepted=False)
    town.objection(town.stranger, kind)

    assert queries.counts(town.vote) == (2, 1)
    with pytest.raises(Conflict, match="answered already"):
        town.answer(first, accepted=True)


def test_whoever_should_be_on_the_list_is_on_it_once_that_is_granted(town: Town) -> None:
    objection = town.objection(town.stranger, ObjectionKind.MISSING)
    town.answer(objection, accepted=True)
    with pytest.raises(Conflict, match="on the list already"):
        town.objection(town.stranger, ObjectionKind.MISSING)

    town.open()

    roll = select(RollLine.person_id).where(RollLine.vote_id == town.vote.id)
    assert set(db.session.scalars(roll)) == {town.member.person_id, town.stranger.person_id}
    assert objection.answered_by is Role.FACILITATOR


def test_a_request_to_join_is_decided_by_the_answer_and_a_no_changes_no_list(town: Town) -> None:
    who = town.stranger.person_id or 0
    request = members.ask(Acting(town.lab, town.stranger, NOW), words="Vivo arriba.")
    town.answer(town.objection(town.stranger, ObjectionKind.MISSING), accepted=False)
    assert who not in labs.member_ids(town.lab.id)
    assert request.decided_at is None

    town.answer(town.objection(town.stranger, ObjectionKind.MISSING), accepted=True)

    assert who in labs.member_ids(town.lab.id)
    assert request.admitted is True


def test_a_neighbour_without_an_account_objects_through_the_facilitator(town: Town) -> None:
    text = ObjectionText(ObjectionKind.MISSING, "Nunca la anotaron.", DAYS)
    acting = Acting(town.lab, town.guide, SHOWN)
    with pytest.raises(Conflict, match="who objects"):
        objections.note_objection(acting, town.vote, text=text, person_id=None)

    noted = objections.note_objection(
        acting, town.vote, text=text, person_id=None, name="Señora del molino"
    )
    town.answer(noted, accepted=True)

    assert noted.person is not None
    assert (noted.name, noted.person.username) == ("Señora del molino", None)
    assert noted.person_id in labs.member_ids(town.lab.id)


def test_the_answer_is_owed_by_the_day_of_the_opening_and_settled_by_the_last(town: Town) -> None:
    one, two = town.objection(town.member), town.objection(town.stranger)
    duty = town.duty()
    assert duty is not None
    assert (duty.due_on, duty.met_on) == (OPENS.date(), None)

    town.answer(one, accepted=False)
    assert duty.met_on is None
    town.answer(two, accepted=True)

    assert duty.met_on == SHOWN.date()


def test_what_was_not_answered_at_the_opening_stays_counted_though_answered_later(
    town: Town,
) -> None:
    late = town.objection(town.stranger, ObjectionKind.MISSING)
    town.answer(town.objection(town.member), accepted=True)
    town.open()
    assert queries.counts(town.vote) == (2, 1)

    town.answer(late, accepted=True, now=OPENS + timedelta(hours=1))

    assert queries.counts(town.vote) == (2, 1)
    roll = select(RollLine.person_id).where(RollLine.vote_id == town.vote.id)
    assert db.session.scalars(roll).all() == [town.member.person_id]


def test_an_annulled_vote_owes_no_answer(town: Town) -> None:
    objection = town.objection(town.member)
    annulment.annul(Acting(town.lab, town.guide, SHOWN), town.vote, reason="Se anunció mal.")

    assert town.duty() is None
    with pytest.raises(Conflict, match="has ended"):
        town.answer(objection, accepted=True)
    with pytest.raises(Conflict, match="has ended"):
        town.objection(town.stranger)


def test_the_record_keeps_no_word_of_an_objection(town: Town) -> None:
    town.answer(town.objection(town.member), accepted=False)
    db.session.commit()

    entries = db.session.scalars(select(Entry).where(Entry.thing_id == town.vote.id)).all()

    kept = " ".join(entry.after + entry.reason for entry in entries)
    assert "wrong" in kept
    assert "molino" not in kept
    assert "Se miró" not in kept
