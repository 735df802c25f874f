"""A vote that was opened is annulled by two: a facilitator who asks, and ANTAI, who agrees."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from labapp.db import db, utcnow
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Act, Actor, Role
from labapp.domain.roles import IN_LAB
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import end_grants, grant
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.results import service as results
from labapp.results import tasks
from labapp.results.queries import annulments
from labapp.results.service import annulment
from labapp.results.tasks.annulment import lapse_due
from labapp.thread.models import Duty
from labapp.voting.models import Vote
from tests.client import Client
from tests.make import NOW, Make, declared, sign_in
from tests.voting import make as voting

DAYS = 5
WHY = "La lista estaba mal."


@pytest.fixture
def lab(make: Make) -> Lab:
    return voting.lab(make)


@pytest.fixture
def host(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.FACILITATOR)


@pytest.fixture
def antai(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.REVIEWER)


@pytest.fixture
def vote(make: Make, lab: Lab) -> Vote:
    one, other = voting.voters(make, lab, 2)
    vote = voting.vote(make, lab)
    voting.cast(lab, one, vote, [1])
    assert other.person_id
    return vote


def ask(lab: Lab, host: Actor, vote: Vote) -> None:
    annulment.ask(Acting(lab, host, NOW), vote, reason=WHY, days=DAYS)
    db.session.commit()


def test_the_facilitator_alone_annuls_no_vote_that_was_opened(
    lab: Lab, host: Actor, vote: Vote
) -> None:
    with pytest.raises(Conflict, match="ANTAI answers"):
        annulment.annul(Acting(lab, host, NOW), vote, reason=WHY)
    ask(lab, host, vote)
    with pytest.raises(Conflict, match="asked already"):
        annulment.ask(Acting(lab, host, NOW), vote, reason=WHY, days=DAYS)
    with pytest.raises(Denied):
        annulment.answer(Acting(lab, host, NOW), vote, agreed=True, words="Sí")

    assert vote.annulled_at is None


def test_the_database_annuls_no_opened_vote_without_antai(vote: Vote) -> None:
    db.session.commit()
    change = {"annulled_at": NOW, "annulled_why": WHY, "closed_at": NOW}

    with pytest.raises(IntegrityError, match="ANTAI agrees"):
        db.session.execute(update(Vote).where(Vote.id == vote.id).values(change))
    db.session.rollback()


def test_antai_agrees_and_the_record_has_both(
    lab: Lab, host: Actor, antai: Actor, vote: Vote
) -> None:
    ask(lab, host, vote)

    annulment.answer(Acting(lab, antai, NOW), vote, agreed=True, words="Es cierto.")
    db.session.commit()

    assert (vote.annulled_at, vote.annulled_why) == (NOW, WHY)
    entries = db.session.execute(
        select(Entry.act, Entry.role, Entry.reason)
        .where(Entry.thing_id == vote.id)
        .order_by(Entry.id.desc())
        .limit(3)
    ).all()
    assert [tuple(row) for row in reversed(entries)] == [
        (Act.ANNULMENT_ASK, Role.FACILITATOR, WHY),
        (Act.ANNULMENT_ANSWER, Role.REVIEWER, "Es cierto."),
        (Act.VOTE_ANNUL, Role.REVIEWER, WHY),
    ]


def test_while_it_waits_people_vote_the_vote_closes_and_no_result_is_published(
    make: Make, lab: Lab, host: Actor, antai: Actor
) -> None:
    one, other = voting.voters(make, lab, 2)
    vote = voting.vote(make, lab)
    voting.cast(lab, one, vote, [1])
    ask(lab, host, vote)
    voting.cast(lab, other, vote, [1])
    end = vote.closes_at

    results.close_due(end)
    db.session.commit()
    tasks.finish(vote.id, end)
    db.session.refresh(vote)
    assert (vote.closed_at, vote.published_at) == (end, None)
    with pytest.raises(Conflict, match="ANTAI has answered"):
        results.publish(Acting(lab, host, end), vote, seed="")

    annulment.answer(Acting(lab, antai, end), vote, agreed=False, words="No hay motivo.")
    db.session.commit()
    tasks.close_due(end)
    db.session.refresh(vote)
    assert vote.published_at == end


def test_a_silent_antai_holds_no_result_for_ever(lab: Lab, host: Actor, vote: Vote) -> None:
    ask(lab, host, vote)
    due = NOW + timedelta(days=DAYS)
    duty = db.session.scalars(select(Duty).where(Duty.what == DutyKind.ANNULMENT)).one()
    assert (duty.thing_id, duty.met_on) == (vote.id, None)

    assert lapse_due(due - timedelta(minutes=1)) == 0
    assert lapse_due(due) == 1
    assert lapse_due(due) == 0

    asked = annulments.latest(vote.id)
    assert asked is not None
    assert asked.has_lapsed
    assert vote.annulled_at is None
    end = vote.closes_at
    tasks.close_due(end)
    db.session.refresh(vote)
    assert vote.published_at == end


def test_after_the_close_it_is_asked_once(lab: Lab, host: Actor, antai: Actor, vote: Vote) -> None:
    end = vote.closes_at
    results.close_due(end)
    acting, answering = Acting(lab, host, end), Acting(lab, antai, end)
    annulment.ask(acting, vote, reason=WHY, days=DAYS)
    annulment.answer(answering, vote, agreed=False, words="No.")

    with pytest.raises(Conflict, match="asked once"):
        annulment.ask(acting, vote, reason=WHY, days=DAYS)


@pytest.mark.parametrize("role", sorted(IN_LAB))
@pytest.mark.parametrize("when", ["now", "once"])
def test_nobody_answers_for_a_lab_they_have_or_had_a_part_in(
    make: Make, lab: Lab, host: Actor, vote: Vote, role: Role, when: str
) -> None:
    reviewer = make.person(Role.REVIEWER)
    declared(lab.id, reviewer.id)
    body = make.organization().id if role is Role.RESPONSIBLE else None
    grant(lab.id, reviewer.id, role, source="part", now=NOW, organization_id=body)
    if when == "once":
        end_grants(lab.id, reviewer.id, "part", now=NOW)
    ask(lab, host, vote)
    seen = labs.actor(lab, reviewer.id, frozenset({Role.REVIEWER}))

    with pytest.raises(Denied):
        annulment.answer(Acting(lab, seen, NOW), vote, agreed=True, words="Sí")


def test_nobody_answers_their_own_request_by_another_number(
    make: Make, lab: Lab, host: Actor, antai: Actor, vote: Vote
) -> None:
    ask(lab, host, vote)
    asked = annulments.waiting(vote.id)
    assert asked is not None
    asked.asked_by_id = antai.person_id

    with pytest.raises(Denied):
        annulment.answer(Acting(lab, antai, NOW), vote, agreed=True, words="Sí")


def test_the_pages_ask_show_and_answer_it(make: Make, client: Client, lab: Lab) -> None:
    voting.voters(make, lab, 1)
    vote = voting.vote(make, lab, now=utcnow())
    here = voting.address(lab, vote)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    assert client.post(here + "annul", data={"reason": WHY}).status_code == 302
    sign_in(client, make.actor(lab, Role.REVIEWER))

    assert WHY in client.get(here).text
    assert here + "annul/answer" in client.get("/desk/").text
    assert WHY in client.get(here + "annul/answer").text
    empty = client.post(here + "annul/answer", data={"agreed": "yes"})
    done = client.post(here + "annul/answer", data={"agreed": "yes", "words": "Es cierto."})

    assert (empty.status_code, done.status_code) == (422, 302)
    page = client.get(here).text
    assert WHY in page
    assert "Es cierto." in page
    assert here + "annul/answer" not in client.get("/desk/").text
