"""Whoever votes is told beforehand what becomes of too many marks and of a place left out."""

from typing import Any

import pytest

from labapp.counting.method import BallotKind, Method
from labapp.counting.methods import METHODS
from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.policy import Role
from labapp.files import pdf
from labapp.labs.models import Lab
from labapp.polling.models import Batch
from labapp.voting.models import Vote
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import make as voting

TOLD = {
    METHODS["approval"]: "Con más de 3 marcas la papeleta no vale.",
    METHODS["plurality"]: "Con más de 1 marca la papeleta no vale.",
    METHODS["score"]: "Con más de 5 para una opción la papeleta no vale.",
    METHODS["points"]: "Con más de 5 puntos en total la papeleta no vale.",
    METHODS["irv"]: "Si se salta un número, los siguientes suben. Con el mismo número dos veces la",
}


def opened(make: Make, method: Method, *ways: Channel) -> tuple[Lab, Vote]:
    lab = voting.lab(make)
    voting.voters(make, lab, 9)
    scale = 5 if method.paper is BallotKind.POINTS else None
    channels = (Channel.ACCOUNT, *ways)
    return lab, voting.vote(make, lab, method=method, scale=scale, channels=channels)


@pytest.mark.parametrize("method", TOLD)
def test_the_page_and_the_paper_state_the_same_rule(
    make: Make, client: Client, monkeypatch: pytest.MonkeyPatch, method: Method
) -> None:
    lab, vote = opened(make, method, Channel.PAPER)
    given: list[Any] = []

    def kept(_source: str, data: dict[str, Any]) -> bytes:
        given.append(data)
        return b"%PDF-"

    sign_in(client, make.actor(lab, Role.FACILITATOR))

    page = client.get(voting.address(lab, vote)).text
    monkeypatch.setattr(pdf, "pdf", kept)
    client.get(voting.address(lab, vote) + "hall/paper.pdf?papers=1&first=1&each=1")

    assert TOLD[method] in page
    assert given[0]["unfit"].startswith(TOLD[method])
    assert ("La página no la deja enviar." in page) is (method is not METHODS["irv"])


def test_where_there_is_no_paper_places_are_only_those_of_the_page(
    make: Make, client: Client
) -> None:
    lab, vote = opened(make, METHODS["irv"])

    page = client.get(voting.address(lab, vote)).text

    assert "sin saltarse ninguno: la página no recibe otra papeleta." in page
    assert "los siguientes suben" not in page


@pytest.mark.parametrize("method", [METHODS["irv"], METHODS["approval"]])
def test_whoever_types_the_papers_reads_what_a_place_left_out_means(
    make: Make, client: Client, method: Method
) -> None:
    lab, vote = opened(make, method, Channel.PAPER)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    db.session.add(Batch(vote_id=vote.id, number=1, sheets=3))
    db.session.commit()

    page = client.get(voting.address(lab, vote) + "hall/batches/1/type")

    assert page.status_code == 200
    ranked = "Si falta un número, como en 1 y 3, escriba igual las opciones en su orden."
    assert (ranked in page.text) is (method is METHODS["irv"])
