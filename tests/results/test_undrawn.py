"""Below the minimum no tie is drawn: neither page nor act tells of a draw, or of an order."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from labapp.counting.bundle import write
from labapp.counting.bundle.verify import check
from labapp.counting.methods import METHODS
from labapp.db import db, utcnow
from labapp.labs.models import Lab
from labapp.results import queries as results
from labapp.results.queries.published_vote import published_vote
from labapp.results.tasks import documents
from labapp.voting.models import Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make
from tests.voting import make as voting

TIED = "no se sorteó, porque no se llegó al mínimo"
DRAWN = ("sorteo público", "El sorteo dio", "En este orden")


def short(make: Make, ballots: Mapping[str, int], **changed: object) -> tuple[Lab, Vote]:
    """Return a vote that the clock published by itself, with fewer voters than were needed."""
    lab, begun = voting.lab(make), utcnow() - timedelta(days=8)
    voting.voters(make, lab, 60)
    vote = voting.vote(make, lab, now=begun, quorum=50, **changed)
    for content, times in ballots.items():
        for _ in range(times):
            ballot_box.put_in(vote.id, content, ballot_box.new_receipt())
    voting.finish(vote)
    assert vote.published_at
    return lab, vote


@pytest.mark.parametrize("times", [12, 4], ids=["many", "few"])
def test_a_tie_below_the_minimum_is_told_as_one(make: Make, client: Client, times: int) -> None:
    lab, vote = short(make, {"1 3": times, "2": times, "4": 1})
    here = voting.address(lab, vote)
    documents.print_act(vote.id, utcnow())

    page, act = client.get(here).text, client.get(here + "act").text

    result = results.result(vote)
    assert [line.place for line in result.lines] == [1, 1, 1, 4]
    assert vote.seed is None
    assert result.chosen == ()
    for text in (page, act):
        assert TIED in text
        assert "Empatan: Reparar el tanque; Cercar la toma; Dosificador de cloro." in text
        assert not [words for words in DRAWN if words in text]
    assert "No se sorteó." in act
    lines = check(write.publish(published_vote(vote)))
    assert any(line.startswith("Tied, and not drawn") for line in lines)


def test_rounds_stop_at_the_tie_and_no_place_is_numbered(make: Make, client: Client) -> None:
    ballots = {"1": 9, "2 1": 6, "3 1": 6}
    lab, vote = short(make, ballots, method=METHODS["irv"])
    here = voting.address(lab, vote)

    page, act = client.get(here).text, client.get(here + "act").text

    assert {line.place for line in results.result(vote).lines} == {0}
    assert "el conteo se detiene ahí" in page
    assert "el conteo se detiene ahí" in act
    assert "Ronda 3" not in page
    assert not [words for words in DRAWN if words in page + act]


def test_what_was_recorded_of_a_tie_below_the_minimum_still_agrees(make: Make) -> None:
    _lab, vote = short(make, {"1": 12, "2": 12})
    db.session.expire_all()

    assert results.result(vote).agrees(results.figures_on_record(vote.id))
