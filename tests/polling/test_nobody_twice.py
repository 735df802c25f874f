"""Nobody counts twice: nothing votes that was not handed out against a line of the roll."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.polling import queries as polling
from labapp.polling.models import Card, CardState
from labapp.polling.queries.reconciliation import ChannelCount
from labapp.polling.service import batches, reconciliation
from labapp.record.acting import Acting
from labapp.results import service as results_service
from labapp.results import tasks as results
from labapp.voting.models import Ballot, Turnout, Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make
from tests.polling import make as hall
from tests.polling import table
from tests.voting import make as voting

TIMES = 8


@pytest.fixture
def lab(make: Make) -> Lab:
    return voting.lab(make)


def card(lab: Lab, vote: Vote, code: str = "") -> str:
    return f"{voting.address(lab, vote)}card" + (f"/{code}" if code else "")


def ballot() -> dict[str, str]:
    return {"marks": "1", "receipt": ballot_box.new_receipt()}


def ballots() -> int | None:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Ballot))


def test_twenty_four_printed_cards_that_nobody_was_given_do_not_vote(
    make: Make, client: Client, lab: Lab
) -> None:
    vote, _ = hall.vote(make, lab, people=64)
    codes = hall.cards(make, lab, vote, 24)

    answers = [client.post(card(lab, vote, one), data=ballot()) for one in codes]

    assert [answer.status_code for answer in answers] == [409] * 24
    assert all("Vaya con ella a la mesa" in answer.text for answer in answers)
    assert ballots() == 0
    assert set(db.session.scalars(select(Card.state))) == {CardState.PRINTED}


def test_of_twenty_four_cards_as_many_vote_as_were_handed_out(
    make: Make, client: Client, lab: Lab
) -> None:
    vote, _ = hall.vote(make, lab, people=64)
    codes = hall.cards(make, lab, vote, 24)
    hall.hand_out(vote, 3)
    hall.hand_out(vote, 9, Channel.PAPER)

    answers = [client.post(card(lab, vote, one), data=ballot()).status_code for one in codes]

    assert answers == [200] * 3 + [409] * 21
    assert ballots() == 3


def test_whoever_was_given_a_card_hears_it_before_the_ballot_is_filled_in(
    make: Make, client: Client, lab: Lab
) -> None:
    vote, _ = hall.vote(make, lab, crowd=1)
    (one,) = hall.cards(make, lab, vote)
    kiosk = voting.address(lab, vote) + "kiosk"

    told = [
        client.post(card(lab, vote), data={"code": one}),
        client.get(card(lab, vote, one)),
        client.get(client.post(kiosk, data={"code": one}).location),
    ]
    hall.hand_out(vote, 1)
    then = client.get(card(lab, vote, one))

    assert [answer.status_code for answer in told] == [422, 409, 200]
    assert all("Vaya con ella a la mesa" in answer.text for answer in told)
    assert then.status_code == 200
    assert "Vaya con ella a la mesa" not in then.text


def test_eight_cards_at_once_against_one_line_cast_one_ballot(
    app: Flask, make: Make, lab: Lab
) -> None:
    vote, _ = hall.vote(make, lab, crowd=1)
    codes = hall.cards(make, lab, vote, TIMES)
    hall.hand_out(vote, 1)
    papers = [card(lab, vote, one) for one in codes]
    db.session.commit()

    def send(paper: str) -> int:
        browser = FlaskClient(app, app.response_class)
        return browser.post(paper, data=ballot()).status_code

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(send, papers))

    assert sorted(answers) == [200] + [409] * (TIMES - 1)
    assert ballots() == 1


def test_a_card_used_meanwhile_says_so_and_not_that_it_was_not_handed_out(
    make: Make, lab: Lab
) -> None:
    vote, _ = hall.vote(make, lab, crowd=2)
    one, two = hall.given(make, lab, vote, 2)
    hall.cast(lab, vote, one, [1])

    with pytest.raises(Conflict, match="already"):
        hall.cast(lab, vote, one, [1])
    assert hall.cast(lab, vote, two, [1])


def test_more_papers_than_were_handed_out_do_not_go_into_the_box(make: Make, lab: Lab) -> None:
    voting.voters(make, lab, 9)
    vote, by = table.vote(make, lab, channels="account paper"), table.tellers(make, lab)
    soon, late = vote.opens_at, vote.closes_at
    table.into_box(lab, vote, by, ["1", "nula"], now=soon)
    batch = table.pile(lab, vote, by, ["2"], now=soon, given=False)

    for now, said in ((soon, "note them first"), (late, "noted any more: count")):
        with pytest.raises(Conflict, match=said):
            batches.put_into_box(Acting(lab, by[0], now), vote, number=batch.number)
    assert ballots() == 1
    hall.hand_out(vote, 1, Channel.PAPER)
    batches.put_into_box(Acting(lab, by[0], late), vote, number=batch.number)

    assert polling.received_ballots(vote.id) == 3


@pytest.mark.parametrize("way", [Channel.CARD, Channel.PAPER, Channel.HANDS])
def test_more_than_was_handed_out_is_not_explained_away(make: Make, lab: Lab, way: Channel) -> None:
    voting.voters(make, lab, 3)
    vote, by = table.vote(make, lab, channels=f"account {way}"), table.tellers(make, lab)
    counted = one_too_many(make, lab, vote, by, way)
    results.close_due(vote.closes_at)

    def do(counted: ChannelCount) -> bool:
        now, said = vote.closes_at, "Apareció otra."
        return reconciliation.reconcile(
            Acting(lab, by[0], now), vote, channel=way, counted=counted, explained=said
        )

    with pytest.raises(Conflict, match="1 more than"):
        do(counted)
    if way is not Channel.HANDS:
        assert do(replace(counted, reissued=1)), "its line was freed, or it was handed out again"


def one_too_many(
    make: Make, lab: Lab, vote: Vote, by: tuple[Actor, Actor], way: Channel
) -> ChannelCount:
    """Let two vote this way, and one more come back than was handed out; return what is told."""
    if way is Channel.CARD:
        for one in hall.given(make, lab, vote, 2):
            hall.cast(lab, vote, one, [1])
        make.keep(Card(vote_id=vote.id, serial=9, code_hash="x", state=CardState.RETURNED))
    elif way is Channel.PAPER:
        table.into_box(lab, vote, by, ["1", "2"])
    else:
        hall.hand_out(vote, 2, way)
        table.raise_hands(lab, vote, by[0], 2, {1: 2})
        db.session.delete(db.session.scalars(select(Turnout)).first())
    db.session.commit()
    return ChannelCount(
        returned=1 if way is Channel.PAPER else 0, witnesses=table.WITNESSES, have_declared=True
    )


def test_a_count_with_more_votes_than_people_is_not_published_and_holds_no_other_back(
    make: Make, lab: Lab
) -> None:
    voters = voting.voters(make, lab, 2)
    false, true = (voting.vote(make, lab) for _ in range(2))
    for vote in (false, true):
        voting.cast(lab, voters[0], vote, [1])
    for _ in range(2):
        ballot_box.put_in(false.id, "2", receipt=None)

    voting.finish(false)

    db.session.refresh(true)
    assert (false.published_at, true.published_at) == (None, true.closes_at)
    with pytest.raises(Conflict, match="More votes came"):
        results_service.publish(
            Acting(lab, make.actor(lab, Role.FACILITATOR), false.closes_at), false, seed="4821"
        )
