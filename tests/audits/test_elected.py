"""A committee elected by a vote: its page offers whom a published vote chose."""

from datetime import timedelta

from labapp.db import utcnow
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.results.queries import winners
from labapp.voting.models import Subject, Vote
from tests.audits import make as audits
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import make as voting

NAMES = ("Ana", "Berta", "Carlos", "Dora")


def counted(make: Make, watch: audits.Watch, *, quorum: int = 0) -> Vote:
    """Add a vote on candidates in which two of four were chosen."""
    begun = utcnow() - timedelta(days=8)
    voters = voting.voters(make, watch.lab, 3)
    vote = voting.vote(
        make,
        watch.lab,
        now=begun,
        subject=Subject.CANDIDATES,
        lines=NAMES,
        seats=2,
        quorum=quorum,
    )
    for voter, marks in zip(voters, ([2], [2, 3], [2, 3]), strict=True):
        voting.cast(watch.lab, voter, vote, marks, now=begun)
    voting.finish(vote)
    return vote


def test_the_committee_offers_those_whom_a_vote_chose(make: Make, client: Client) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    watch = audits.watch(make, lab, seats=0, certified=False)
    vote = counted(make, watch)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    here = f"/labs/{lab.slug}/committees/{watch.committee.thing.number}/"
    offer = f"seat?from={vote.thing.number}"

    page = client.get(here).text
    asked = client.get(here + offer).text

    assert offer in page
    assert "Berta, Carlos" in asked
    assert "Ana" not in asked
    assert 'name="once"' in asked


def test_neighbours_are_not_offered_to_seat_anybody(make: Make, client: Client) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    watch = audits.watch(make, lab, seats=0, certified=False)
    counted(make, watch)

    page = client.get(f"/labs/{lab.slug}/committees/{watch.committee.thing.number}/").text

    assert "seat?from=" not in page


def test_a_vote_below_its_quorum_or_on_something_else_chooses_nobody(make: Make) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    watch = audits.watch(make, lab, seats=0, certified=False)
    vote = counted(make, watch, quorum=40)
    free = voting.vote(make, lab)

    assert winners.numbers(lab.id) == [vote.thing.number]
    assert winners.names(lab.id, vote.thing.number or 0) == ()
    assert winners.names(lab.id, free.thing.number or 0) == ()
