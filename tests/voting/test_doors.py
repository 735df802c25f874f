"""The view that takes a ballot asks for itself what a gate would: each of its doors."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from labapp.accounts.models import Person, SignIn
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.voting.models import Ballot, Receipt, Turnout, Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import make as voting


def _post(client: Client, lab: Lab, vote: Vote) -> TestResponse:
    data = {"marks": "1", "receipt": ballot_box.new_receipt()}
    return client.post(voting.address(lab, vote) + "ballot", data=data)


def _open(make: Make) -> tuple[Lab, Actor, Vote]:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    return lab, voter, voting.vote(make, lab, now=utcnow())


def _box() -> list[int | None]:
    return [
        db.session.scalar(select(func.count()).select_from(table)) for table in (Ballot, Receipt)
    ]


def test_a_visitor_is_sent_to_sign_in(make: Make, client: Client) -> None:
    lab, _, vote = _open(make)

    answer = _post(client, lab, vote)

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")
    assert _box() == [0, 0]


@pytest.mark.parametrize(
    "end",
    [
        lambda: update(SignIn).values(ended_at=utcnow()),
        lambda: update(SignIn).values(began_at=utcnow() - timedelta(days=400)),
        lambda: update(Person).values(deleted_at=utcnow()),
    ],
    ids=["ended", "old", "deleted"],
)
def test_a_sign_in_that_is_over_opens_nothing(
    make: Make, client: Client, end: Callable[[], object]
) -> None:
    lab, voter, vote = _open(make)
    sign_in(client, voter)
    db.session.execute(end())  # type: ignore[call-overload]  # an UPDATE

    answer = _post(client, lab, vote)

    assert answer.status_code == 302
    assert _box() == [0, 0]


def test_somebody_who_is_not_on_the_roll_is_told_so(make: Make, client: Client) -> None:
    lab, _, vote = _open(make)
    sign_in(client, make.person())

    assert _post(client, lab, vote).status_code == 403
    assert _box() == [0, 0]


@pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.CANCELLED, Stage.CLOSED])
def test_no_ballot_is_taken_where_the_lab_stands_still(
    make: Make, client: Client, stage: Stage
) -> None:
    lab, voter, vote = _open(make)
    sign_in(client, voter)
    db.session.execute(update(Lab).values(stage=stage))

    assert _post(client, lab, vote).status_code == 403
    assert _box() == [0, 0]


def test_a_lab_that_is_not_approved_has_no_vote_to_be_found(make: Make, client: Client) -> None:
    lab, voter, vote = _open(make)
    sign_in(client, voter)
    db.session.execute(
        update(Lab).values(approved_at=None, approved_by_id=None, stage=Stage.PREPARATION)
    )

    assert _post(client, lab, vote).status_code == 404


def test_a_vote_that_is_not_there_is_not_found(make: Make, client: Client) -> None:
    lab, voter, _ = _open(make)
    sign_in(client, voter)

    answers = [
        client.post(address, data={"marks": "1"})
        for address in (f"/labs/{lab.slug}/votes/9/ballot", "/labs/nada/votes/1/ballot")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("channel", list(Channel))
def test_whoever_votes_another_way_is_told_which(
    make: Make, client: Client, channel: Channel
) -> None:
    lab, voter, vote = _open(make)
    sign_in(client, voter)
    taken = Turnout(vote_id=vote.id, person_id=voter.person_id or 0, channel=channel)
    db.session.add(taken)

    answer = _post(client, lab, vote)

    assert answer.status_code == 409
    assert _box() == [0, 0]
