"""The page of a result tells what another method would have given, or why none can."""

from datetime import timedelta

import pytest

from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.polling.models import HandCount, Reconciliation, ShowOfHands
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import NOW, Make
from tests.voting import make as voting

ASKED = "¿Qué habría dado otro método?"


def page(make: Make, client: Client, ballots: dict[str, int], **changed: object) -> str:
    """Return what the page of a published vote says under the question."""
    lab, begun = voting.lab(make), utcnow() - timedelta(days=8)
    voting.voters(make, lab, 60)
    hands = int(str(changed.pop("hands", 0)))
    if hands:
        changed["channels"] = (Channel.ACCOUNT, Channel.HANDS)
    vote = voting.vote(make, lab, now=begun, **changed)
    for content, times in ballots.items():
        for _ in range(times):
            ballot_box.put_in(vote.id, content, ballot_box.new_receipt())
    if hands:
        stood = ShowOfHands(
            vote_id=vote.id, people=hands, first_witness="una", second_witness="otra"
        )
        db.session.add(stood)
        db.session.flush()
        db.session.add(HandCount(vote_id=vote.id, position=1, votes=hands))
        db.session.add(
            Reconciliation(
                vote_id=vote.id,
                channel=Channel.HANDS,
                issued=hands,
                used=hands,
                returned=0,
                voided=0,
                reconciled_at=NOW,
            )
        )
    voting.finish(vote)
    assert vote.published_at
    whole = client.get(voting.address(lab, vote)).text
    assert ASKED in whole
    return whole.split(ASKED)[1].split("No nos crea")[0]


@pytest.mark.parametrize("seats", [1, 2])
def test_the_vote_as_it_is_set_up_by_default_has_other_methods(
    make: Make, client: Client, seats: int
) -> None:
    said = page(make, client, {"1 2": 13, "1 3": 9, "4": 7}, seats=seats)

    assert "Un voto por persona, repartido por igual" in said
    assert ("Partes iguales de los puestos" in said) is (seats > 1)
    assert "o mismo." in said


def test_few_ballots_and_raised_hands_say_why_there_is_none(make: Make, client: Client) -> None:
    few = page(make, client, {"1 2": 3, "1": 1})
    raised = page(make, client, {"1 2": 13, "1 3": 9}, hands=12)

    assert "De menos de 20 papeletas no se dice" in few
    assert "Las manos alzadas son totales" in raised
    assert "<ul>" not in few + raised


def test_a_tie_of_another_method_names_nobody_first(make: Make, client: Client) -> None:
    said = page(make, client, {"1 2": 10, "1 3": 4, "2": 6}, seats=1)
    tied = page(make, client, {"1 2": 10, "1 3": 12, "2": 6}, seats=1)

    assert "Empatarían" not in said
    assert "Empatarían por un puesto, y no hubo sorteo: " in tied
