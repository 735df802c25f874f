"""The act tells each round: what each paid for a project, who fell, and where votes went."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from labapp.counting.method import Method
from labapp.counting.methods import METHODS
from labapp.db import utcnow
from labapp.files import pdf
from labapp.results.tasks import documents
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make
from tests.voting import make as voting


def act(
    make: Make, client: Client, ballots: Mapping[str, int], **changed: object
) -> tuple[str, str]:
    """Return the page of the act of such a vote, and its address."""
    lab, begun = voting.lab(make), utcnow() - timedelta(days=8)
    voting.voters(make, lab, 40)
    vote = voting.vote(make, lab, now=begun, **changed)
    for content, times in ballots.items():
        for _ in range(times):
            ballot_box.put_in(vote.id, content, ballot_box.new_receipt())
    voting.finish(vote)
    assert vote.published_at
    here = voting.address(lab, vote)
    return client.get(here + "act").text, here


SHARED: dict[str, object] = {
    "method": METHODS["equal-shares"],
    "costs": (4800, 1950, 1200, 9400),
    "budget": 7000,
    "funder": "Junta",
    "parameters": {"completion": "budget", "fill": "votes", "increment": "7"},
}


def test_equal_shares_tell_the_share_its_raises_and_what_each_paid(
    make: Make, client: Client
) -> None:
    page, _here = act(make, client, {"1 3": 14, "2 3": 4, "2": 4, "3 4": 3}, **SHARED)

    section = page.split("Cada ronda")[1].split("<h2>")[0]
    assert "B/. 280" in section, "7,000 among 25"
    assert "17 veces, de a B/. 7" in section
    assert "B/. 399" in section
    assert "1. Dosificador de cloro" in section
    assert "57.14" in section, "1,200 among 21"
    assert "21 de 21" in section
    assert "5,800" in section


def test_few_ballots_tell_no_round(make: Make, client: Client) -> None:
    page, _here = act(make, client, {"1 3": 5, "2 3": 2}, **SHARED)

    assert "Cada ronda" not in page


def test_a_runoff_tells_who_fell_and_where_the_votes_went(make: Make, client: Client) -> None:
    ballots = {"1": 9, "2": 8, "3 2": 4, "3": 1, "4": 2}

    page, _here = act(make, client, ballots, method=METHODS["irv"])

    assert (
        "Ronda 1. Sale: Cambiar la tubería, con 2. A dónde fueron sus votos: sin otra opción: 2."
    ) in page
    assert (
        "Ronda 2. Sale: Dosificador de cloro, con 5. A dónde fueron sus votos: Cercar la toma: 4; "
        "sin otra opción: 1."
    ) in page
    assert "Ronda 3. Queda: Cercar la toma." in page


def test_transfers_tell_what_was_over_and_who_was_left_out(make: Make, client: Client) -> None:
    ballots = {"1 2": 10, "1": 6, "3 4": 5, "4": 3, "2": 1}

    page, _here = act(make, client, ballots, method=METHODS["stv"], seats=2)

    assert "Ronda 1. Queda: Reparar el tanque." in page
    assert "Ronda 2. Lo que a Reparar el tanque le sobraba de la cuota fue a: Cercar la" in page
    assert "Ronda 3. Sale: Cambiar la tubería, con 3." in page


@pytest.mark.parametrize("method", [METHODS["equal-shares"], METHODS["irv"]])
def test_the_act_as_printed_has_the_rounds_too(
    make: Make, client: Client, monkeypatch: pytest.MonkeyPatch, method: Method
) -> None:
    given: list[Any] = []

    def kept(_source: str, data: dict[str, Any]) -> bytes:
        given.append(data)
        return b"%PDF-"

    monkeypatch.setattr(pdf, "pdf", kept)
    changed = SHARED if method.has_budget else {"method": method}
    act(make, client, {"1 2": 12, "2 3": 9, "3": 4}, **changed)
    documents.print_due(utcnow())

    assert [s for s in given[0]["sections"] if s["title"] == "Cada ronda"]
