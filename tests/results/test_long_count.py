"""A count that takes long is left to the clock, tells how far it is, and gives the same."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labapp.counting.count import count_election
from labapp.counting.methods import METHODS
from labapp.counting.outcome import Count
from labapp.db import db, utcnow
from labapp.domain.acts import Act
from labapp.domain.errors import Denied
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.polling import queries as polling
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.results import queries as results_queries
from labapp.results import result
from labapp.results import service as results_service
from labapp.results import tasks as results_tasks
from labapp.results.models import LongCount
from labapp.results.service import long_count as progress
from labapp.results.tasks import long_count
from labapp.voting import queries
from labapp.voting.models import Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import make as voting

#: Shares that must be raised many times before they buy the most.
MONEY = {
    "method": METHODS["equal-shares"],
    "costs": (5000, 4000, 3000, 2000),
    "budget": 6000,
    "funder": "Junta",
    "parameters": {"completion": "budget", "fill": "votes", "increment": "1"},
}
UNTIED, TIED = ("1 2", "1 2", "2", "1", "4", "1 4"), ("1", "2", "3", "4", "", "1")
EQUAL = {"costs": (3000, 3000, 3000, 3000)}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every search of more than one step take too long."""
    monkeypatch.setattr(long_count, "PATIENCE", -1.0)


def closed(make: Make, ballots: tuple[str, ...] = UNTIED, **changed: object) -> tuple[Lab, Vote]:
    """Close a vote on money, and let the clock do what it does within its patience."""
    lab = voting.lab(make)
    voting.voters(make, lab, 40)
    begun = utcnow() - timedelta(days=8)
    vote = voting.vote(make, lab, now=begun, **(MONEY | changed))
    for content in ballots * 5:
        ballot_box.put_in(vote.id, content, ballot_box.new_receipt())
    voting.finish(vote)
    return lab, vote


def whole(vote: Vote, seed: str = "") -> Count:
    """Count it from nothing, as whoever checks it does."""
    held = result.build_election(vote, queries.ballots(vote.id), polling.hall(vote.id))
    return count_election(held, "equal-shares", result.parameters(vote) | {"seed": seed})


def test_a_short_count_is_searched_for_once_and_published_at_once(make: Make) -> None:
    _lab, vote = closed(make)

    kept = db.session.scalars(select(LongCount)).one()

    assert vote.published_at
    assert kept.found_at
    assert kept.raises > 1
    assert results_queries.result(vote).counted == whole(vote)


@pytest.mark.usefixtures("impatient")
def test_a_long_count_waits_for_the_clock_and_the_page_tells_how_far_it_is(
    make: Make, client: Client
) -> None:
    lab, vote = closed(make)
    before = client.get(voting.address(lab, vote)).text
    results_tasks.close_due(utcnow())
    db.session.refresh(vote)
    waiting = vote.published_at

    found = results_tasks.count_long(utcnow())
    db.session.refresh(vote)
    after = client.get(voting.address(lab, vote)).text

    assert waiting is None
    assert "Se están contando los votos." in before
    assert "<progress" in before
    assert 'http-equiv="refresh"' in before
    assert found == 1
    assert vote.published_at
    assert results_queries.result(vote).counted == whole(vote)
    assert results_queries.result(vote).agrees(results_queries.figures_on_record(vote.id))
    assert "<progress" not in after
    assert 'http-equiv="refresh"' not in after
    assert results_tasks.count_long(utcnow()) == 0


@pytest.mark.usefixtures("impatient")
def test_a_search_notes_how_far_it_is_and_goes_on_from_there(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lab, vote = closed(make)
    monkeypatch.setattr(long_count, "_EVERY", 0.0)
    told: list[tuple[int, int]] = []
    tell = progress.note_progress

    def broken_off(vote_id: int, *, seed: str, raises: int, spent: int) -> bool:
        told.append((raises, spent))
        if len(told) == 3:
            raise SystemExit
        return tell(vote_id, seed=seed, raises=raises, spent=spent)

    with monkeypatch.context() as breaking:
        breaking.setattr(progress, "note_progress", broken_off)
        with pytest.raises(SystemExit):
            results_tasks.count_long(utcnow())
    db.session.rollback()
    kept = db.session.get_one(LongCount, vote.id)
    so_far = (kept.raises, kept.spent, kept.found_at)
    results_tasks.count_long(utcnow())
    db.session.refresh(vote)

    assert so_far[0] > 0
    assert so_far[2] is None
    assert vote.published_at
    assert results_queries.result(vote).counted == whole(vote)


@pytest.mark.usefixtures("impatient")
def test_nobody_counts_on_for_a_vote_that_is_annulled(make: Make) -> None:
    lab, vote = closed(make)

    voting.annul(make, lab, vote, now=utcnow())
    db.session.commit()

    assert results_tasks.count_long(utcnow()) == 0
    assert not long_count.go_on(vote.id, utcnow())
    assert db.session.get_one(LongCount, vote.id).found_at is None


@pytest.mark.usefixtures("impatient")
def test_what_the_draw_gave_is_noted_and_the_long_count_goes_by_it(
    make: Make, client: Client
) -> None:
    lab, vote = closed(make, TIED, **EQUAL)
    facilitator = make.actor(lab, Role.FACILITATOR)
    sign_in(client, facilitator)
    here = voting.address(lab, vote)
    early = client.post(here + "publish", data={"seed": "4821"})
    results_tasks.count_long(utcnow())
    db.session.refresh(vote)
    tied = bool(results_queries.result(vote).ties)
    waits = client.get(here).text

    client.post(here + "publish", data={"seed": "4821"})
    answer = client.get(here)
    again = client.post(here + "publish", data={"seed": "7777"})
    results_tasks.count_long(utcnow())
    db.session.refresh(vote)

    assert early.status_code == 409
    assert tied
    assert "Hay un empate" in waits
    assert "El conteo con este sorteo ha comenzado." in answer.text
    assert again.status_code == 409
    assert (bool(vote.published_at), vote.seed) == (True, "4821")
    assert results_queries.result(vote).counted == whole(vote, "4821")
    noted = db.session.scalars(select(Entry).where(Entry.act == Act.VOTE_DRAW)).one()
    assert "4821" in noted.after
    assert results_queries.result(vote).agrees(results_queries.figures_on_record(vote.id))


def test_only_whoever_keeps_the_vote_notes_the_draw(make: Make) -> None:
    lab, vote = closed(make, TIED, **EQUAL)
    neighbour: Actor = voting.voters(make, lab, 1)[0]

    with pytest.raises(Denied):
        results_service.note_draw(Acting(lab, neighbour, utcnow()), vote, seed="1")
