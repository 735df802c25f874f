"""The course of a vote: announced, open, closed, counted, published or annulled."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from labapp.db import db, utcnow
from labapp.domain.errors import Conflict, Denied
from labapp.domain.kinds import Kind
from labapp.domain.policy import Role
from labapp.domain.roll_seal import seal
from labapp.domain.stage import OPEN, Stage
from labapp.problems.models import Problem
from labapp.record import queries as record
from labapp.record.acting import Acting
from labapp.results import queries as results_queries
from labapp.results import service as results
from labapp.results import tasks as results_tasks
from labapp.thread import service as thread
from labapp.thread.models import Descent
from labapp.voting import queries, service, tasks
from labapp.voting.models import Ballot, RollLine, Subject
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.voting import make as voting


def test_the_clock_opens_and_closes_and_doing_it_twice_changes_nothing(make: Make) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 2)[0]
    vote = voting.vote(make, lab, opens_at=NOW + timedelta(days=1))
    assert vote.opened_at is None

    early = tasks.open_due(NOW)
    opened = [tasks.open_due(vote.opens_at), tasks.open_due(vote.opens_at)]
    voting.cast(lab, voter, vote, [2], now=vote.opens_at)
    closed = [results_tasks.close_due(vote.closes_at), results_tasks.close_due(vote.closes_at)]

    assert (early, opened, closed) == (0, [1, 0], [1, 0])
    assert vote.published_at == vote.closes_at
    assert vote.thing.state == "published"
    assert [option.position for option in results_queries.result(vote).chosen] == [2]
    assert list(record.faults()) == []


def test_the_roll_is_a_count_and_a_salted_hash_of_the_members_at_the_opening(make: Make) -> None:
    lab = voting.lab(make)
    people = [voter.person_id or 0 for voter in voting.voters(make, lab, 3)]
    vote = voting.vote(make, lab)
    voting.voters(make, lab, 1)

    assert vote.roll_size == 3
    assert vote.roll_hash == seal(vote.roll_salt or "", people)
    assert sorted(db.session.scalars(select(RollLine.person_id))) == sorted(people)


def test_a_tie_waits_for_the_draw_and_the_draw_orders_it(make: Make) -> None:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, 4)
    vote = voting.vote(make, lab, seats=3)
    for voter, marks in zip(voters, ([1, 2], [1, 3], [1], [1, 4, 2]), strict=True):
        voting.cast(lab, voter, vote, marks)
    facilitator = make.actor(lab, Role.FACILITATOR)

    voting.finish(vote)
    waiting = vote.published_at
    with pytest.raises(Conflict):
        results.publish(Acting(lab, facilitator, vote.closes_at), vote, seed="")
    result = results.publish(Acting(lab, facilitator, vote.closes_at), vote, seed="4821")

    assert waiting is None
    assert [line.votes for line in result.lines] == [4, 2, 1, 1]
    assert len(result.chosen) == 3
    assert result.agrees(results_queries.figures_on_record(vote.id) or result.figures)


def test_a_result_below_the_quorum_is_published_and_chooses_nothing(make: Make) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 2)[0]
    vote = voting.vote(make, lab, quorum=2)
    voting.cast(lab, voter, vote, [1])

    voting.finish(vote)

    assert vote.published_at
    result = results_queries.result(vote)
    assert not result.quorum_met
    assert result.chosen == ()


def test_a_vote_closes_early_only_when_everybody_has_voted(make: Make) -> None:
    lab = voting.lab(make)
    one, other = voting.voters(make, lab, 2)
    vote, facilitator = voting.vote(make, lab), make.actor(lab, Role.FACILITATOR)
    voting.cast(lab, one, vote, [1])

    with pytest.raises(Conflict):
        results.close(Acting(lab, facilitator, NOW), vote)
    voting.cast(lab, other, vote, [1])
    results.close(Acting(lab, facilitator, NOW), vote)

    assert vote.closed_at == NOW


def test_an_annulled_vote_is_shuffled_and_never_counted(make: Make) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab)
    voting.cast(lab, voter, vote, [1])

    voting.annul(make, lab, vote)
    voting.finish(vote)

    assert vote.shuffled_at
    assert vote.published_at is None
    assert queries.facts(lab.id) == (0, 0)


def test_a_published_vote_is_not_annulled(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 1)
    vote = voting.vote(make, lab)
    voting.finish(vote)

    with pytest.raises(Conflict):
        voting.annul(make, lab, vote)


@pytest.mark.parametrize("stage", Stage)
def test_proposals_are_put_to_the_vote_only_where_the_lab_chooses(make: Make, stage: Stage) -> None:
    lab = make.lab(stage)
    facilitator = make.actor(lab, Role.FACILITATOR)
    free, proposals = voting.DRAFT, replace(voting.DRAFT, subject=Subject.PROPOSALS)

    with pytest.raises((Conflict, Denied)) as refused:
        service.announce(Acting(lab, facilitator, NOW), proposals)

    here = stage is Stage.PRIORITIZATION
    assert ("two options" in str(refused.value)) is here, "there it lacks only its options"
    if stage in OPEN:
        assert service.announce(Acting(lab, facilitator, NOW), free).thing.number == 1
    else:
        with pytest.raises(Denied):
            service.announce(Acting(lab, facilitator, NOW), free)


def test_problems_put_to_the_vote_lead_to_it(make: Make) -> None:
    lab = make.lab(Stage.DEFINITION)
    things = [_problem(lab.id, f"Problema {n}") for n in (1, 2)]

    vote = voting.vote(make, lab, subject=Subject.PROBLEMS, max_marks=1)

    assert [option.label for option in vote.options] == ["Problema 1", "Problema 2"]
    assert sorted(db.session.scalars(select(Descent.parent_id))) == things


def test_the_facts_of_a_lab(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 1)
    vote = voting.vote(make, lab)

    assert queries.facts(lab.id) == (1, 0)
    assert [row[0] for row in results_queries.in_lab(lab.id).rows] == [vote]
    voting.finish(vote)
    assert queries.facts(lab.id) == (0, 0), "it was not on proposals"


def test_the_result_is_hidden_until_it_is_published_and_then_shows_its_recount(
    make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    voters, begun = voting.voters(make, lab, 21), utcnow() - timedelta(days=8)
    vote = voting.vote(make, lab, now=begun)
    codes = [voting.cast(lab, voter, vote, [1, 2], now=begun) for voter in voters[:-1]]
    here = voting.address(lab, vote)

    hidden = client.get(here).text
    voting.finish(vote)
    tied = client.get(here).text
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    client.post(here + "publish", data={"seed": "4821"})
    shown, listed = client.get(here).text, client.get(here + "receipts").text

    assert "20 votos" not in hidden + tied
    assert "Votaron 20 de 21" in hidden
    assert "20 votos" in shown
    assert "4821" in shown
    assert "Igual" in shown
    assert all(code in listed for code in codes)
    assert listed.index(min(codes)) < listed.index(max(codes))
    assert "1 2</td><td>20" in shown


def test_a_recount_that_differs_says_so(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    voter, begun = voting.voters(make, lab, 1)[0], utcnow() - timedelta(days=8)
    vote = voting.vote(make, lab, now=begun)
    voting.cast(lab, voter, vote, [1], now=begun)
    voting.finish(vote)
    equal = client.get(voting.address(lab, vote)).text

    db.session.execute(update(Ballot).values(marks="2"))

    assert "Distinto" in client.get(voting.address(lab, vote)).text
    assert "Distinto" not in equal
    assert "solo se publican los totales" in equal


def _problem(lab_id: int, title: str) -> int:
    thing = thread.add(
        Kind.PROBLEM, title=title, state="published", lab_id=lab_id, published_at=NOW
    )
    db.session.add(
        Problem(id=thing.id, what=title, place_said="Aquí", told_at=NOW, published_at=NOW)
    )
    db.session.flush()
    return thing.id
