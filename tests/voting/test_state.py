"""Where a vote stands is read from its dates and the hour it is asked at."""

from datetime import timedelta

from labapp.db import db
from labapp.domain.policy import Role
from labapp.record.acting import Acting
from labapp.results import service as results
from labapp.voting import service
from labapp.voting.models import VoteState
from tests.make import NOW, Make
from tests.voting import make as voting


def test_a_vote_stands_in_each_state_in_turn(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 1)
    vote = voting.vote(make, lab, opens_at=NOW + timedelta(days=1))
    facilitator = make.actor(lab, Role.FACILITATOR)
    assert vote.state(vote.closes_at) is VoteState.ANNOUNCED

    service.open_vote(Acting(lab, facilitator, vote.opens_at), vote)
    assert vote.state(vote.opens_at) is VoteState.OPEN
    assert vote.state(vote.closes_at) is VoteState.CLOSED, "the clock has not come, its hour has"
    assert vote.thing.state == VoteState.OPEN

    results.close_due(vote.closes_at)
    assert vote.state(vote.opens_at) is VoteState.CLOSED

    voting.finish(vote)
    assert vote.state(vote.closes_at) is VoteState.PUBLISHED
    assert vote.thing.state == VoteState.PUBLISHED


def test_an_annulled_vote_is_neither_open_nor_closed(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 1)
    vote = voting.vote(make, lab)

    voting.annul(make, lab, vote)
    db.session.commit()

    assert vote.state(NOW) is VoteState.ANNULLED
    assert vote.thing.state == VoteState.ANNULLED
