"""The page of a result says why, draws the chart of its method, and tells the same as a table."""

from datetime import timedelta

import pytest
from flask_babel import force_locale
from markupsafe import escape

from labapp.counting.method import BallotKind, Method
from labapp.counting.methods import METHODS
from labapp.db import db, utcnow
from labapp.domain.policy import Role
from labapp.record.acting import Acting
from labapp.results import queries as results
from labapp.results import service as results_service
from labapp.results.documents import explanation
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import make as voting

MARKS = ("1", "1 2", "2 3", "1 4", "", "3")
RANKINGS = ("1 2 3", "2 1", "3 4 1", "4 2", "", "1")
POINTS = ("1:5 2:1", "2:3", "3:1 4:1", "", "1:2", "4:5")
CONTENT = {BallotKind.MARKS: MARKS, BallotKind.ONE: ("1", "2", "3", ""), BallotKind.RANKS: RANKINGS}
DRAWN = {
    METHODS["irv"]: "Ronda 1",
    METHODS["stv"]: "Ronda 1",
    METHODS["schulze"]: "De dos en dos",
    METHODS["equal-shares"]: "Para qué alcanzó el dinero",
    METHODS["greedy"]: "Para qué alcanzó el dinero",
    METHODS["greedy-stop"]: "Para qué alcanzó el dinero",
}


@pytest.mark.parametrize("few", [False, True], ids=["many", "few"])
@pytest.mark.parametrize("method", METHODS.values(), ids=str)
def test_every_method_is_explained_drawn_and_put_in_a_table(
    make: Make, client: Client, method: Method, few: bool
) -> None:
    lab, begun = voting.lab(make), utcnow() - timedelta(days=8)
    voting.voters(make, lab, 40)
    more: dict[str, object] = {"scale": 5} if method.paper is BallotKind.POINTS else {}
    if method.has_budget:
        more = {"costs": (10, 20, 30, 40), "budget": 60, "funder": "Junta"}
    vote = voting.vote(make, lab, now=begun, method=method, **more)
    for content in CONTENT.get(method.paper, POINTS) * (1 if few else 6):
        ballot_box.put_in(vote.id, content, ballot_box.new_receipt())
    voting.finish(vote)
    if not vote.published_at:
        facilitator = make.actor(lab, Role.FACILITATOR)
        results_service.publish(Acting(lab, facilitator, utcnow()), vote, seed="4821")
        db.session.commit()

    page = client.get(voting.address(lab, vote)).text
    act = client.get(voting.address(lab, vote) + "act").text
    with force_locale("es"):
        told = explanation.explain(vote, results.result(vote))

    assert list(told.why) == [1, 2, 3, 4]
    assert "Los mismos números en una tabla" in page
    assert few is ("solo se publican los totales" in page)
    if few and method in (METHODS["irv"], METHODS["stv"]):
        assert "2 primeros lugares" in page
        assert "puntos" not in page
    else:
        assert DRAWN.get(method, "app-bar__saw") in page
    for sentence in told.why.values():
        assert str(escape(sentence)) in page
    for option in vote.options:
        assert option.label in act
    assert "%(" not in page + act


def test_a_doubtful_result_leads_to_all_that_checks_it(make: Make, client: Client) -> None:
    lab, begun = voting.lab(make), utcnow() - timedelta(days=8)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=begun)
    voting.cast(lab, voter, vote, [1], now=begun)
    voting.finish(vote)
    sign_in(client, voter)

    page = client.get(voting.address(lab, vote)).text

    for leads in ("act", "bundle.zip", "receipts"):
        assert f'{voting.address(lab, vote)}{leads}"' in page
    assert "labapp verify" in page


def test_money_left_over_goes_to_nothing_that_nobody_marked(make: Make, client: Client) -> None:
    lab, begun = voting.lab(make), utcnow() - timedelta(days=8)
    voting.voters(make, lab, 4)
    terms = {"completion": "budget", "fill": "votes", "increment": "1", "threshold": "1"}
    money: dict[str, object] = {"costs": (10, 20, 30, 40), "budget": 100, "funder": "Junta"}
    vote = voting.vote(
        make, lab, now=begun, method=METHODS["equal-shares"], parameters=terms, **money
    )
    for content in ("1 2", "1 2", "1"):
        ballot_box.put_in(vote.id, content, ballot_box.new_receipt())
    voting.finish(vote)

    found = results.result(vote)

    assert [option.position for option in found.chosen] == [1, 2]
    assert client.get(voting.address(lab, vote)).text.count("nadie la escogió") == 2
