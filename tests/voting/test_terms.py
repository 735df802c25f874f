"""The page and the act state the terms of a vote: who may vote, how many are needed, what costs."""

from datetime import timedelta

import pytest

from labapp.counting.methods import METHODS
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.labs.models import Lab
from labapp.polling.models import HandCount, Reconciliation, ShowOfHands
from labapp.voting.models import Vote
from labapp.voting.service import ballot_box
from labapp.web.formatting import money
from tests.client import Client
from tests.make import NOW, Make
from tests.voting import make as voting


def published(make: Make, **changed: object) -> tuple[Lab, Vote]:
    lab, begun = voting.lab(make), utcnow() - timedelta(days=8)
    voting.voters(make, lab, 40)
    vote = voting.vote(make, lab, now=begun, **changed)
    for content in ["1"] * 12 + ["2"] * 9:
        ballot_box.put_in(vote.id, content, ballot_box.new_receipt())
    if Channel.HANDS.value in vote.channels:
        _stand(vote)
    voting.finish(vote)
    assert vote.published_at
    return lab, vote


def _stand(vote: Vote) -> None:
    hands = ShowOfHands(vote_id=vote.id, people=6, first_witness="una", second_witness="otra")
    db.session.add(hands)
    db.session.flush()
    done = Reconciliation(
        vote_id=vote.id,
        channel=Channel.HANDS,
        issued=7,
        used=6,
        returned=0,
        voided=0,
        explained="Una persona se fue antes.",
        reconciled_at=NOW,
    )
    db.session.add_all([HandCount(vote_id=vote.id, position=1, votes=6), done])


def test_who_may_vote_is_said_before_and_after(make: Make, client: Client) -> None:
    announced = voting.lab(make)
    soon = voting.vote(make, announced, opens_at=NOW + timedelta(days=1))
    lab, vote = published(make)

    before = client.get(voting.address(announced, soon)).text
    after = client.get(voting.address(lab, vote)).text
    act = client.get(voting.address(lab, vote) + "act").text

    assert "Quienes sean miembros del laboratorio cuando se abra la votación" in before
    for page in (after, act):
        assert "Quienes eran miembros del laboratorio cuando se abrió la votación" in page


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "No se pidió ningún mínimo."),
        ({"quorum": 12}, "El mínimo era 12 papeletas, y se alcanzó."),
        ({"quorum_share": 40}, "El mínimo era 40 % de la lista de votantes: 16 papeletas, y se "),
        (
            {"quorum_share": 80},
            "El mínimo era 80 % de la lista de votantes: 32 papeletas, y no se ",
        ),
    ],
)
def test_the_act_states_the_minimum_as_it_was_asked(
    make: Make, client: Client, changed: dict[str, object], told: str
) -> None:
    lab, vote = published(make, **changed)

    assert told in client.get(voting.address(lab, vote) + "act").text


def test_options_stand_in_the_act_with_their_cost(make: Make, client: Client) -> None:
    costs = (4800, 1950, 1200, 9400)
    lab, vote = published(make, method=METHODS["greedy"], costs=costs, budget=7000, funder="Junta")
    plain, other = published(make)

    act = client.get(voting.address(lab, vote) + "act").text
    without = client.get(voting.address(plain, other) + "act").text

    assert f"1. Reparar el tanque ({money(4800)}); 2. Cercar la toma ({money(1950)})" in act
    assert "1. Reparar el tanque; 2. Cercar la toma" in without


def test_raised_hands_stand_among_what_was_reconciled(make: Make, client: Client) -> None:
    lab, vote = published(make, channels=(Channel.ACCOUNT, Channel.HANDS))

    act = client.get(voting.address(lab, vote) + "act").text
    table = act.split("Lo que se entregó")[1].split("</table>")[0]

    assert "a mano alzada" in table
    assert "Una persona se fue antes." in table
