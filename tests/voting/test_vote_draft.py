"""How a vote is set up: what is offered, what is kept, and each combination that will not do."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from labapp.counting.method import Method
from labapp.counting.methods import METHODS
from labapp.counting.methods.equal_shares import increment
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Role
from labapp.record.acting import Acting
from labapp.results import queries as results
from labapp.voting import service
from labapp.voting.models import Option, Subject, Vote
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.voting import make as voting
from tests.voting.test_pages import asked

PRICED = "Tanque: 4,800\nToma: B/. 1950\nCloro B/. 1,200.00"
MONEY = {"lines": PRICED, "funder": "Junta Comunal, acta 12", "budget": "B/. 6,000"}
MANY = "\n".join(f"Opción {n}" for n in range(31))


def announced(make: Make, client: Client, **changed: str | list[str]) -> Vote:
    """Announce a vote through the page and return it."""
    lab = voting.lab(make)
    voting.voters(make, lab, 25)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    answer = client.post(f"/labs/{lab.slug}/votes/new", data={**asked(), **changed})
    assert answer.status_code == 302, answer.text
    assert client.get(answer.location).status_code == 200
    return db.session.scalars(select(Vote)).one()


def test_the_plain_form_asks_for_approval_with_an_account_and_a_share_of_the_list(
    make: Make, client: Client
) -> None:
    vote = announced(make, client, quorum="40 %")

    assert (vote.method, vote.parameters) == (METHODS["approval"], "{}")
    assert (vote.channels, vote.budget, vote.scale) == ("account", None, None)
    assert (vote.quorum, vote.quorum_share) == (0, 40)
    assert results.result(vote).quorum == 10


def test_the_plain_form_shows_its_defaults_and_nothing_of_the_rest(
    make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 20)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    page = client.get(f"/labs/{lab.slug}/votes/new").text

    assert 'value="40 %"' in page
    assert 'name="max_marks" type="text" value="3"' in page
    assert "<details" in page
    assert "<details open" not in page.replace(' class="govuk-details"', "")
    assert "Este laboratorio tiene" not in page


def test_it_opens_tomorrow_and_stays_open_seven_days_unless_somebody_says_otherwise(
    make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    page = client.get(f"/labs/{lab.slug}/votes/new").text

    opens, closes = (
        datetime.fromisoformat(found)
        for found in re.findall(r'value="(\d{4}-\d\d-\d\dT\d\d:\d\d)"', page)
    )
    assert opens.date() == local_day(utcnow()) + timedelta(days=1)
    assert opens.hour == 8
    assert closes - opens == timedelta(days=7)


@pytest.mark.parametrize(
    ("opens", "closes", "warned"),
    [
        ("2047-01-01T08:00", "2047-01-04T18:00", True),
        ("2047-01-01T08:00", "2047-01-05T08:00", False),
        ("2047-01-06T08:00", "2047-01-20T08:00", False),
    ],
    ids=["Tuesday to Friday", "into Saturday", "two weeks"],
)
def test_a_vote_without_a_weekend_is_announced_with_a_warning(
    make: Make, client: Client, opens: str, closes: str, warned: bool
) -> None:
    lab = voting.lab(make)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    answer = client.post(
        f"/labs/{lab.slug}/votes/new", data=asked(opens_at=opens, closes_at=closes)
    )

    said = client.get(answer.location).text
    assert ("no hay sábado ni domingo" in said) is warned
    assert "La votación quedó anunciada." in said


def test_whoever_sets_up_a_small_vote_is_told_beforehand(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 19)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    page = client.get(f"/labs/{lab.slug}/votes/new").text

    assert "Este laboratorio tiene 19 integrantes." in page
    assert "se publican solo los totales" in page


def test_committed_money_makes_it_a_vote_that_shares_it(make: Make, client: Client) -> None:
    vote = announced(make, client, **MONEY)

    costs = db.session.execute(select(Option.label, Option.cost).order_by(Option.position)).all()
    assert [tuple(row) for row in costs] == [("Tanque", 4800), ("Toma", 1950), ("Cloro", 1200)]
    assert (vote.method, vote.budget, vote.funder) == (
        METHODS["equal-shares"],
        6000,
        "Junta Comunal, acta 12",
    )
    kept = {"completion": "budget", "fill": "votes", "increment": "1", "threshold": "1"}
    assert json.loads(vote.parameters) == kept
    assert results.result(vote).counted.parameters["completion"] == "budget"


@pytest.mark.parametrize(
    ("budget", "members", "step"),
    [(6000, 5, "1"), (5_000_000, 5, "1000"), (5_000_000, 5000, "1"), (9, 0, "1")],
)
def test_a_share_is_raised_by_a_thousandth_of_itself(budget: int, members: int, step: str) -> None:
    assert increment(budget, members) == step


@pytest.mark.parametrize(
    "method", [method for method in METHODS.values() if method is not METHODS["approval"]]
)
def test_every_other_method_is_kept_and_its_empty_box_is_counted(
    make: Make, client: Client, method: Method
) -> None:
    chosen = {} if method is METHODS["equal-shares"] else {"method": method.name}
    vote = announced(make, client, **chosen, **(MONEY if method.has_budget else {}))

    assert vote.method is method
    assert results.result(vote).received == 0


def test_a_minimum_that_those_on_the_list_cannot_reach_is_refused(
    make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 3)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    here = f"/labs/{lab.slug}/votes/new"

    now = client.post(here, data=asked(quorum="4"))
    later = client.post(here, data=asked(quorum="4", opens_at="2046-01-01T10:00"))

    assert (now.status_code, later.status_code) == (422, 302)
    assert "Solo 3 personas pueden votar" in now.text


def test_the_ways_of_the_hall_are_kept_in_one_order(make: Make, client: Client) -> None:
    vote = announced(make, client, channels=["hands", "card"])

    assert vote.channels == "account card hands"


def test_candidates_are_written_like_free_options(make: Make, client: Client) -> None:
    vote = announced(make, client, subject="candidates", seats="2")

    assert [option.label for option in vote.options] == ["Tanque", "Toma", "Cloro"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"funder": "Junta Comunal"}, "después de dos puntos"),
        ({"funder": "Junta Comunal", "lines": PRICED}, "quién comprometió"),
        ({"budget": "6000", "lines": PRICED}, "quién comprometió"),
        (MONEY | {"lines": "Tanque: 0\nToma: 5"}, "todavía no tiene costo"),
        (MONEY | {"budget": "1199"}, "no alcanza"),
        (MONEY | {"budget": "0"}, "no alcanza"),
        (MONEY | {"budget": "-5"}, "Escriba un número"),
        (MONEY | {"method": "stv"}, "no reparte dinero"),
        (MONEY | {"channels": "hands"}, "manos alzadas"),
        ({"method": "greedy"}, "después de dos puntos"),
        ({"method": "greedy", "lines": PRICED}, "quién comprometió"),
        ({"method": "irv", "seats": "2"}, "escoge una"),
        ({"method": "irv", "channels": "hands"}, "manos alzadas"),
        ({"method": "score", "scale": "11"}, "de 1 a 10"),
        ({"method": "score", "lines": MANY}, "30 opciones"),
        ({"method": "points", "scale": "21"}, "de 1 a 20"),
        ({"method": "points", "scale": "0"}, "de 1 a 20"),
        ({"scale": "5"}, "Los puntos se dicen"),
        ({"method": "lottery"}, "lista"),
        ({"channels": "pigeon"}, "lista"),
        ({"quorum": "101 %"}, "porcentaje"),
        ({"quorum": "la mitad"}, "porcentaje"),
        ({"quorum": ""}, "quorum"),
        ({"elimination": "all"}, "lista"),
        ({"completion": "all"}, "lista"),
        ({"seats": "9"}, "solo 3 opciones"),
    ],
    ids=str,
)
def test_what_does_not_go_together_is_refused_in_one_sentence(
    make: Make, client: Client, wrong: dict[str, str], said: str
) -> None:
    lab = voting.lab(make)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    answer = client.post(f"/labs/{lab.slug}/votes/new", data=asked(**wrong))

    assert answer.status_code == 422
    assert answer.text.count("govuk-error-message") == 1
    assert said in answer.text
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"parameters": {"completion": "none"}},
        {"method": METHODS["irv"], "parameters": {"elimination": "all"}},
        {"channels": (Channel.CARD,)},
        {"method": METHODS["score"]},
        {"scale": 3},
        {"quorum_share": 101},
        {"quorum": -1},
        {"lines": ("x" * 141, "y")},
        {"subject": Subject.PROBLEMS, "method": METHODS["greedy"], "budget": 9, "funder": "x"},
    ],
    ids=str,
)
def test_the_service_refuses_what_no_page_sends(make: Make, wrong: dict[str, object]) -> None:
    lab = voting.lab(make)
    facilitator = make.actor(lab, Role.FACILITATOR)
    draft = replace(voting.DRAFT, **wrong)  # type: ignore[arg-type]  # as the cases name them

    with pytest.raises(Conflict) as refused:
        service.announce(Acting(lab, facilitator, NOW), draft)

    assert refused.value.values["field"]


def test_with_two_options_nobody_need_change_the_three_marks(make: Make, client: Client) -> None:
    vote = announced(make, client, lines="Sí\nNo", max_marks="3", seats="1")

    assert vote.max_marks == 2
