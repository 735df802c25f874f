"""Very few voted in secret beside a show of hands: nothing published takes them apart."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from labapp.cli.verify import verify
from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.polling.queries.hands import Show
from labapp.polling.queries.reconciliation import ChannelCount
from labapp.polling.service import reconciliation, show_of_hands
from labapp.record.acting import Acting
from labapp.results import queries as results_queries
from labapp.results import tasks as results
from labapp.results.tasks.documents import print_act
from labapp.voting.models import Vote
from tests.client import Client
from tests.make import Make
from tests.polling import table
from tests.voting import make as voting

WITNESSES = ("Presidenta de la junta", "Maestra")
ALL = {1: 1, 2: 0, 3: 0, 4: 0}


def fetched(client: Client, address: str) -> bytes:
    """Return a published file, its handle closed."""
    with client.get(address) as answer:
        found: bytes = answer.data
        return found


def counted(make: Make, *, stood: int, secret: int) -> tuple[Lab, Vote]:
    """Publish a vote in which all who stood raised a hand for 1, and the others marked 2."""
    lab = voting.lab(make)
    voters = voting.voters(make, lab, stood + secret)
    vote, by = table.vote(make, lab, channels="account hands"), make.actor(lab, Role.FACILITATOR)
    table.take(vote, voters[:stood], Channel.HANDS)
    for voter in voters[stood:]:
        voting.cast(lab, voter, vote, [2], now=vote.opens_at)
    show = Show(stood, {n: stood * each for n, each in ALL.items()}, WITNESSES, have_declared=True)
    show_of_hands.note_hands(Acting(lab, by, vote.opens_at), vote, show=show)
    db.session.commit()
    results.close_due(vote.closes_at)
    reconciliation.reconcile(
        Acting(lab, by, vote.closes_at),
        vote,
        channel=Channel.HANDS,
        counted=ChannelCount(),
        explained="",
    )
    db.session.commit()
    assert results.finish(vote.id, vote.closes_at)
    print_act(vote.id, vote.closes_at)
    db.session.refresh(vote)
    return lab, vote


@pytest.mark.parametrize(("stood", "secret"), [(7, 1), (30, 4)])
def test_the_few_and_the_hands_are_told_as_one(
    make: Make, client: Client, tmp_path: Path, stood: int, secret: int
) -> None:
    lab, vote = counted(make, stood=stood, secret=secret)
    here, voters = voting.address(lab, vote), stood + secret
    page, act = client.get(here).text, client.get(here + "act").text
    told = json.loads(fetched(client, here + "act.json"))
    bundle = tmp_path / "vote.zip"
    bundle.write_bytes(fetched(client, here + "bundle.zip"))

    checked = CliRunner().invoke(verify, [str(bundle)])

    assert checked.exit_code == 0, checked.output
    assert told["turnout"] == {"account+hands": voters}
    assert (told["hands"], told["ballots"], told["voters"]) == (None, voters, voters)
    assert told["winners"] == ["p1"]
    assert told["witnesses"] == list(WITNESSES)
    assert results_queries.result(vote).agrees(results_queries.figures_on_record(vote.id))
    assert "ballots" not in results_queries.figures_on_record(vote.id)
    assert f"Votaron {voters} personas." in page
    assert "Menos de cinco votaron en secreto" in act
    with zipfile.ZipFile(io.BytesIO(bundle.read_bytes())) as files:
        assert "totals.csv" in files.namelist()
        assert not {"ballots.json", "ballots.csv", "ballots.pb"} & set(files.namelist())
        kept = {name: files.read(name) for name in files.namelist() if name.endswith(".json")}
    assert f"{voters}" in json.dumps(json.loads(kept["election.json"])["turnout"])


def test_five_beside_the_hands_stand_by_themselves(make: Make, client: Client) -> None:
    lab, vote = counted(make, stood=7, secret=5)

    told = json.loads(fetched(client, voting.address(lab, vote) + "act.json"))

    assert told["turnout"] == {"account": 5, "hands": 7}
    assert told["hands"]["people"] == 7
