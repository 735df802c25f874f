"""A vote opens, closes, is counted and published by the clock alone, whatever its channels."""

from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict
from labapp.domain.policy import Role
from labapp.polling.models import Reconciliation
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.results import queries as results_queries
from labapp.results import service as results
from labapp.results import tasks as results_tasks
from labapp.voting import service, tasks
from labapp.voting.models import Ballot, Vote
from tests.client import Client
from tests.make import NOW, Make
from tests.voting import make as voting

HALL = (Channel.CARD, Channel.PAPER, Channel.HANDS)
EVERY = [some for size in range(4) for some in combinations(HALL, size)]
WAYS = pytest.mark.parametrize("hall", EVERY, ids=lambda some: "+".join(some) or "account")
SOON, LATER = NOW + timedelta(days=1), timedelta(hours=1)


def reconcile(vote: Vote, channel: Channel) -> None:
    """Note that a way of the hall brought nothing, and that it adds up."""
    numbers = {"issued": 0, "used": 0, "returned": 0, "voided": 0}
    row = Reconciliation(
        vote_id=vote.id, channel=channel, explained="", reconciled_at=NOW, **numbers
    )
    db.session.add(row)
    db.session.commit()


@WAYS
def test_the_clock_closes_on_time_and_counts_once_the_hall_is_reconciled(
    make: Make, hall: tuple[Channel, ...]
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, opens_at=SOON, channels=(Channel.ACCOUNT, *hall))
    db.session.commit()
    end = vote.closes_at

    opened = [tasks.open_due(NOW), tasks.open_due(vote.opens_at), tasks.open_due(vote.opens_at)]
    voting.cast(lab, voter, vote, [2], now=vote.opens_at)
    closed = [results_tasks.close_due(end - timedelta(seconds=1)), results_tasks.close_due(end)]
    db.session.refresh(vote)

    assert (opened, closed) == ([0, 1, 0], [0, 1])
    assert vote.closed_at == end
    for channel in hall:
        assert vote.published_at is None
        reconcile(vote, channel)
        results_tasks.close_due(end + LATER)
        db.session.refresh(vote)
    assert vote.published_at == (end + LATER if hall else end)
    assert [option.position for option in results_queries.result(vote).chosen] == [2]
    assert results_tasks.close_due(end + 2 * LATER) == 0
    assert results_queries.result(vote).agrees(results_queries.figures_on_record(vote.id))


@WAYS
def test_a_facilitator_does_by_hand_what_the_clock_would(
    make: Make, hall: tuple[Channel, ...]
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    facilitator = make.actor(lab, Role.FACILITATOR)
    vote = voting.vote(make, lab, opens_at=SOON, channels=(Channel.ACCOUNT, *hall))
    end = vote.closes_at

    service.open_vote(Acting(lab, facilitator, vote.opens_at), vote)
    voting.cast(lab, voter, vote, [2], now=vote.opens_at)
    results.close(Acting(lab, facilitator, end), vote)
    db.session.commit()
    if hall:
        with pytest.raises(Conflict):
            results.publish(Acting(lab, facilitator, end), vote, seed="")
        db.session.rollback()
    for channel in hall:
        reconcile(vote, channel)
    published = results_tasks.finish(vote.id, end)

    assert published
    assert vote.published_at == end


@WAYS
@pytest.mark.parametrize("when", ["announced", "open", "closed"])
def test_an_annulled_vote_stays_with_its_reason_and_nobody_counts_or_deletes_it(
    make: Make, client: Client, hall: tuple[Channel, ...], when: str
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    facilitator = make.actor(lab, Role.FACILITATOR)
    ways = (Channel.ACCOUNT, *hall)
    vote = voting.vote(
        make, lab, channels=ways, opens_at=SOON if when == "announced" else None, seats=2
    )
    now = NOW
    if when != "announced":
        voting.cast(lab, voter, vote, [1, 3])
    if when == "closed":
        now = vote.closes_at
        results.close(Acting(lab, facilitator, now), vote)
    reason = "El papel salió mal impreso."

    voting.annul(make, lab, vote, now=now, reason=reason)
    db.session.commit()
    for channel in hall:
        reconcile(vote, channel)
    tasks.open_due(SOON)
    results_tasks.close_due(vote.closes_at + LATER)
    db.session.refresh(vote)

    assert (vote.published_at, vote.annulled_at) == (None, now)
    assert reason in client.get(voting.address(lab, vote)).text
    assert db.session.scalar(select(func.count()).select_from(Ballot)) == (when != "announced")
    assert db.session.scalar(select(func.count()).select_from(Entry).where(Entry.reason == reason))
    if when != "announced":
        with pytest.raises(IntegrityError):
            db.session.execute(delete(Vote))
        db.session.rollback()
