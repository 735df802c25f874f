"""The paper and the receipt, as a neighbour sends and sees them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labapp.db import db, utcnow
from labapp.voting.models import Ballot, Receipt, Turnout
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.statements import Statements
from tests.voting import make as voting

Counter = Callable[[], AbstractContextManager[Statements]]


def box_size() -> tuple[int | None, ...]:
    return tuple(
        db.session.scalar(select(func.count()).select_from(table))
        for table in (Turnout, Ballot, Receipt)
    )


def test_a_neighbour_votes_and_sees_the_receipt(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    voter, _ = voting.voters(make, lab, 2)
    vote = voting.vote(make, lab, now=utcnow())
    sign_in(client, voter)
    here = voting.address(lab, vote)
    assert "Usted todavía no ha votado" in client.get(here).text
    paper = client.get(here + "ballot").text
    found = re.search(r'name="receipt"[^>]*value="([^"]+)"', paper)
    assert found
    code = found.group(1)

    answer = client.post(here + "ballot", data={"marks": ["2", "4"], "receipt": code})

    assert answer.status_code == 200
    assert code in answer.text
    assert box_size() == (1, 1, 1)
    after = client.get(here).text
    assert "Usted ya votó" in after
    assert "Su voto está registrado" in after
    assert ">Votar</a>" not in after
    assert code not in after
    assert client.get(here + "ballot").location == here


def test_the_same_paper_sent_again_shows_the_receipt_again(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=utcnow())
    sign_in(client, voter)
    code = ballot_box.new_receipt()
    data = {"marks": ["2"], "receipt": code}
    paper = voting.address(lab, vote) + "ballot"

    first, again = client.post(paper, data=data), client.post(paper, data=data)
    other = client.post(paper, data=data | {"receipt": ballot_box.new_receipt()})

    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 409)
    assert code in again.text
    assert box_size() == (1, 1, 1)
    assert "<textarea" not in other.text, "a refused ballot is not shown"


@pytest.mark.parametrize(
    "marks",
    [
        {},
        {"marks": ["9"]},
        {"marks": ["uno"]},
        {"marks": ["1", "2", "3", "4"]},
        {"marks": ["1"], "blank": "yes"},
        {"marks": ["\0"]},
        {"marks": ["1' OR 1=1"]},
    ],
    ids=str,
)
def test_a_paper_that_will_not_do_comes_back(
    make: Make, client: Client, marks: dict[str, object]
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=utcnow())
    sign_in(client, voter)

    answer = client.post(voting.address(lab, vote) + "ballot", data={**marks, "receipt": "<b>"})

    assert answer.status_code == 422
    assert box_size() == (0, 0, 0)


def test_a_blank_vote_is_cast_by_saying_so(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=utcnow())
    sign_in(client, voter)

    client.post(voting.address(lab, vote) + "ballot", data={"blank": "yes"})

    assert db.session.scalars(select(Ballot.marks)).all() == [""]


def test_looking_at_the_pages_changes_nothing(
    make: Make, client: Client, statements: Counter
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=utcnow() - timedelta(days=30))
    sign_in(client, voter)
    here = voting.address(lab, vote)

    with statements() as run:
        for page in ("", "ballot", "secrecy", "../", "open", "close", "annul"):
            client.get(here + page)

    assert not [text for text in run.texts if text.lstrip().upper().startswith(("UP", "INS", "DE"))]


def test_a_vote_costs_few_statements_and_writes_three_rows(
    make: Make, client: Client, statements: Counter
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=utcnow())
    sign_in(client, voter)
    paper = voting.address(lab, vote) + "ballot"
    client.get(paper)
    db.session.commit()

    with statements() as run:
        answer = client.post(paper, data={"marks": ["1"], "receipt": ballot_box.new_receipt()})

    written = [text.split()[2] for text in run.texts if text.startswith("INSERT")]
    assert answer.status_code == 200
    assert written == ["turnout", "ballot", "receipt"]
    assert not [text for text in run.texts if text.startswith(("UPDATE", "DELETE"))]
    assert run.count <= 8, "\n".join(run.texts)


def test_whoever_cannot_vote_now_is_led_to_the_page_of_the_vote(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab, now=utcnow(), opens_at=utcnow() + timedelta(days=1))
    sign_in(client, voter)

    answer = client.get(voting.address(lab, vote) + "ballot")

    assert answer.status_code == 409
    assert "Esta votación todavía no ha abierto." in answer.text
    assert f'href="{voting.address(lab, vote)}"' in answer.text


def test_a_receipt_names_its_vote_and_where_it_is_looked_for(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, 2)
    one = voting.vote(make, lab, now=utcnow())
    two = voting.vote(make, lab, now=utcnow(), question="¿Dónde va la parada?")

    slips: list[str] = []
    for vote, code in ((one, "AAAA-BBBB-CCC2"), (two, "AAAA-BBBB-CCC3"), (one, "AAAA-BBBB-CCC4")):
        sign_in(client, voters[len(slips) // 2])
        ballot = {"marks": "1", "receipt": code}
        slips.append(client.post(voting.address(lab, vote) + "ballot", data=ballot).text)

    for slip, vote, code in zip(slips, (one, two, one), ("CCC2", "CCC3", "CCC4"), strict=True):
        assert vote.question in slip
        assert lab.name in slip
        assert f"AAAA-BBBB-{code}" in slip
        assert f"http://localhost{voting.address(lab, vote)}receipts" in slip
    assert "CCC2" not in slips[2]
