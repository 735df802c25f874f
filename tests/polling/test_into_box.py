"""What of a pile reaches the ballot box: exactly its papers, shuffled with all the rest."""

from collections import Counter
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.polling.models import Batch
from labapp.polling.queries import batches as batch_queries
from labapp.polling.service import batches
from labapp.record.acting import Acting
from labapp.results import tasks as results
from labapp.voting.models import Ballot, Vote
from tests.make import NOW, Make
from tests.polling import table
from tests.voting import make as voting


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.sampled_from(["", "nula", "1", "2", "1 2", "2 3 4"]), min_size=1, max_size=25),
    st.randoms(use_true_random=False),
)
def test_whatever_two_people_mistype_the_box_gets_exactly_the_papers(
    make: Make, papers: list[str], chance: Random
) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, len(papers))
    vote, by = table.vote(make, lab), table.tellers(make, lab)
    typed = [mistyped(papers, chance) for _ in by]
    # A mistake that both make alike cannot be found: at one place only one of the two makes it.
    second = [
        paper if one != paper else other for paper, one, other in zip(papers, *typed, strict=True)
    ]
    batch = table.pile(lab, vote, by, typed[0], second)
    truth = table.lines(papers)

    apart = list(batch_queries.differences(batch.id))
    for one in apart:
        says, confirms = chance.sample(by, 2)
        table.settle(lab, vote, (says, confirms), batch, one.place, truth[one.place])
    batches.put_into_box(Acting(lab, by[0], NOW), vote, number=batch.number)
    db.session.commit()

    mine = select(Ballot.marks).where(Ballot.vote_id == vote.id)
    assert Counter(db.session.scalars(mine)) == Counter(p for p in papers if p != "nula")
    assert batch.spoilt == papers.count("nula")
    assert batch.differences == len(apart)


def mistyped(papers: list[str], chance: Random) -> list[str]:
    return [
        chance.choice(["", "nula", "1", "3", "1 2"]) if chance.random() < 0.3 else paper
        for paper in papers
    ]


def test_after_the_close_nothing_tells_which_ballots_came_in_which_pile(make: Make) -> None:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, 30)
    lines = tuple(f"Opción {n}" for n in range(1, 31))
    vote = table.vote(make, lab, channels="account paper", lines=lines, max_marks=1)
    by = table.tellers(make, lab)
    table.take(vote, voters[10:], Channel.PAPER)
    for number, voter in enumerate(voters[:10], start=1):
        voting.cast(lab, voter, vote, [number], now=vote.opens_at)
    order = [str(n) for n in range(11, 31)]
    for part in (order[:10], order[10:]):
        table.into_box(lab, vote, by, part)
    keys = set(db.session.scalars(select(Ballot.id)))

    results.close_due(vote.closes_at)
    table.reconcile_all(lab, vote, by[0])
    results.close_due(vote.closes_at)

    db.session.refresh(vote)
    assert vote.shuffled_at
    assert not keys & set(db.session.scalars(select(Ballot.id)))
    lying = [marks for marks in as_they_lie() if int(marks) > 10]
    assert lying != order
    assert sum(1 for one, other in zip(lying, order, strict=True) if one == other) <= 10
    assert Ballot.__table__.c.keys() == ["id", "consultation_id", "marks"]
    if db.engine.dialect.name == "postgresql":
        assert db.session.scalar(text("SELECT count(DISTINCT xmin::text) FROM ballot")) == 1


def as_they_lie() -> list[str]:
    """Return the ballots in the order of the table: on SQLite, that of its key."""
    how = " ORDER BY id" if db.engine.dialect.name == "sqlite" else ""
    return [row[0] for row in db.session.execute(text(f"SELECT marks FROM ballot{how}"))]  # noqa: S608


def test_the_box_is_shuffled_after_the_last_pile_and_not_only_before(make: Make) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 3)[0]
    vote, by = table.vote(make, lab, channels="account paper"), table.tellers(make, lab)
    voting.cast(lab, voter, vote, [1], now=vote.opens_at)
    before = keys(vote)

    results.close_due(vote.closes_at)
    at_close = keys(vote)
    db.session.refresh(vote)
    waits = vote.shuffled_at
    results.close_due(vote.closes_at)
    still = keys(vote)
    batch = table.into_box(lab, vote, by, ["1", "2"], now=vote.closes_at)
    with_pile = keys(vote)
    table.reconcile_all(lab, vote, by[0])
    published = results.finish(vote.id, vote.closes_at)

    assert waits is None
    assert not before & at_close, "what came by account is shuffled at the close"
    assert still == at_close, "and not again at each turn of the clock"
    assert at_close < with_pile
    assert not with_pile & keys(vote), "all of it is shuffled once the last pile is in"
    assert published
    assert batch.boxed_at


def keys(vote: Vote) -> set[str]:
    found = set(db.session.scalars(select(Ballot.id).where(Ballot.vote_id == vote.id)))
    db.session.commit()
    return found


def test_a_pile_found_late_opens_the_reconciliation_again(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 3)
    vote, by = table.vote(make, lab, channels="paper hands"), table.tellers(make, lab)
    results.close_due(vote.closes_at)
    db.session.refresh(vote)
    table.reconcile_all(lab, vote, by[0])

    table.into_box(lab, vote, by, ["1"], now=vote.closes_at)
    published = results.finish(vote.id, vote.closes_at)

    assert not published
    assert db.session.scalars(select(Batch.number)).all() == [1]
    table.reconcile_all(lab, vote, by[0])
    assert results.finish(vote.id, vote.closes_at)
