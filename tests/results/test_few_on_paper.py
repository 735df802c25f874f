"""A way that very few used: its receipts and its numbers stay out of all that is published."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from labapp.cli.verify import verify
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.labs.models import Lab
from labapp.polling.models import Batch, Reconciliation
from labapp.results import queries as results
from labapp.results.models import TallyAct
from labapp.results.tasks import documents
from labapp.voting import queries
from labapp.voting.models import Turnout, Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import NOW, Make
from tests.voting import make as voting


def counted(
    make: Make, *, accounts: int, papers: int, spoilt: int = 0, **changed: object
) -> tuple[Lab, Vote]:
    """Return a published vote in which so many voted by account, and so many on paper."""
    lab, begun = voting.lab(make), utcnow() - timedelta(days=8)
    people = voting.voters(make, lab, 40)
    ways = (Channel.ACCOUNT, Channel.PAPER)
    vote = voting.vote(make, lab, now=begun, channels=ways, **changed)
    for n, person in enumerate(people[: accounts + papers]):
        way = ways[n >= accounts]
        db.session.add(Turnout(vote_id=vote.id, person_id=person.person_id, channel=way))
        if n < accounts:
            ballot_box.put_in(vote.id, "1", ballot_box.new_receipt())
        elif n >= accounts + spoilt:
            ballot_box.put_in(vote.id, "3", None)
    if papers:
        typists = [person.person_id for person in people[:2]]
        db.session.add(
            Batch(
                vote_id=vote.id,
                number=1,
                sheets=papers,
                first_by_id=typists[0],
                second_by_id=typists[1],
                differences=1,
                explained="2. Se leyó 3 en vez de 8.",
                spoilt=spoilt,
                boxed_at=NOW,
            )
        )
    db.session.add(
        Reconciliation(
            vote_id=vote.id,
            channel=Channel.PAPER,
            issued=papers + 1,
            used=papers,
            returned=0,
            voided=0,
            explained="Una papeleta se perdió.",
            reconciled_at=NOW,
        )
    )
    voting.finish(vote)
    assert vote.published_at
    return lab, vote


def checked(client: Client, here: str, folder: Path) -> str:
    """Return what ``labapp verify`` says of the bundle that a page offers."""
    bundle = folder / "votacion.zip"
    with client.get(here + "bundle.zip") as answer:
        bundle.write_bytes(answer.data)
    said = CliRunner().invoke(verify, [str(bundle)])
    assert said.exit_code == 0, said.output
    return said.output


def test_receipts_that_would_tell_how_few_voted_are_left_out_and_it_is_said_why(
    make: Make, client: Client, tmp_path: Path
) -> None:
    lab, vote = counted(make, accounts=25, papers=3)
    documents.print_act(vote.id, utcnow())
    here = voting.address(lab, vote)

    said = checked(client, here, tmp_path)
    act, receipts = client.get(here + "act").text, client.get(here + "receipts").text

    assert "Receipts: not listed, because their number would tell how many voted" in said
    assert "as many as ballots by account" not in said
    assert "Merkle root of the receipts" not in said
    assert db.session.get_one(TallyAct, vote.id).receipts_root == ""
    assert "no se publica" in act
    assert "ni su raíz" in act
    assert "e3b0c442" not in act
    assert "La lista no se publica" in receipts


def test_nothing_is_withheld_where_nobody_voted_with_a_code(
    make: Make, client: Client, tmp_path: Path
) -> None:
    lab, vote = counted(make, accounts=0, papers=25)
    documents.print_act(vote.id, utcnow())
    here = voting.address(lab, vote)

    said = checked(client, here, tmp_path)
    act, receipts = client.get(here + "act").text, client.get(here + "receipts").text

    assert "Receipts: 0, no code twice, as many as ballots by account and card." in said
    assert "Los comprobantes no se" not in act
    assert "No hay ninguno" in receipts


def test_the_receipts_left_out_can_still_be_looked_for(make: Make, client: Client) -> None:
    lab, vote = counted(make, accounts=25, papers=3)
    code = queries.receipts(vote.id)[0]

    page = client.get(voting.address(lab, vote) + "receipts", query_string={"receipt": code})

    assert "Su voto se contó" in page.text


@pytest.mark.parametrize("accounts", [24, 2])
def test_the_code_on_the_act_leads_to_the_act_that_was_published(
    make: Make, client: Client, accounts: int
) -> None:
    lab, vote = counted(make, accounts=accounts, papers=9)
    documents.print_act(vote.id, utcnow())
    here = voting.address(lab, vote)

    page = client.get(here + "act").text
    seal = page.split('class="app-qr"><a href="')[1].split('"')[0]

    assert client.get(seal).status_code == 200


def test_papers_that_count_for_nothing_are_called_what_they_are(make: Make, client: Client) -> None:
    lab, vote = counted(make, accounts=20, papers=9, spoilt=2)

    act = client.get(voting.address(lab, vote) + "act").text

    assert "Papeletas que nadie puede leer o con marcas de más" in act


def test_no_number_tells_of_spoilt_papers_where_very_few_voted_on_paper(
    make: Make, client: Client, tmp_path: Path
) -> None:
    lab, vote = counted(make, accounts=25, papers=3, spoilt=1)
    documents.print_act(vote.id, utcnow())
    here = voting.address(lab, vote)

    said = checked(client, here, tmp_path)
    page, act = client.get(here).text, client.get(here + "act").text
    listed = client.get(f"/labs/{lab.slug}/votes/").text
    with client.get(here + "act.json") as answer:
        told = json.loads(answer.data)

    assert (told["spoilt"], told["ballots"], told["turnout"]) == (None, 27, {"account+paper": 27})
    assert told["voters"] == 27
    assert told["differences"] == []
    assert "Turnout: 27 of 40, and it adds up." in said
    assert "Papers that nobody can read are in no number" in said
    assert "27 de 40" in page
    assert "Votaron 27 personas" in page
    assert "27 de 40" in listed
    assert "28 de 40" not in page + listed
    assert "no están en ningún número de aquí" in act
    for hidden in ("papeleta 2", "Se leyó 3", "se perdió"):
        assert hidden not in act
        assert hidden not in json.dumps(told, ensure_ascii=False)


def test_that_nobody_can_tell_whether_papers_were_spoilt(make: Make, client: Client) -> None:
    lab, vote = counted(make, accounts=25, papers=3)

    act = client.get(voting.address(lab, vote) + "act").text

    assert "no están en ningún número de aquí" in act


def test_spoilt_papers_are_told_where_the_minimum_was_reached_by_them(
    make: Make, client: Client, tmp_path: Path
) -> None:
    lab, vote = counted(make, accounts=25, papers=3, spoilt=1, quorum=28)
    documents.print_act(vote.id, utcnow())
    here = voting.address(lab, vote)

    said, act = checked(client, here, tmp_path), client.get(here + "act").text

    assert results.result(vote).quorum_met
    assert "El mínimo era 28 papeletas, y se alcanzó." in act
    assert "Turnout: 28 of 40, and it adds up." in said


def test_enough_papers_are_told_with_all_that_came_of_them(make: Make, client: Client) -> None:
    lab, vote = counted(make, accounts=20, papers=9, spoilt=2)
    here = voting.address(lab, vote)

    page, act = client.get(here).text, client.get(here + "act").text

    assert "29 de 40" in page
    assert "Tanda 1, papeleta 2" in act
    assert "Una papeleta se perdió." in act
