"""The witnesses of the count: two of paper and two of hands, by office, each once in the act."""

import json

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from labapp.counting.bundle.verify import check
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict
from labapp.domain.policy import Actor
from labapp.files import views
from labapp.files.models import StoredFile
from labapp.files.service import place
from labapp.labs.models import Lab
from labapp.polling.models import Reconciliation, ShowOfHands
from labapp.polling.queries.hands import Show
from labapp.polling.queries.reconciliation import ChannelCount
from labapp.polling.service import reconciliation, show_of_hands
from labapp.record.acting import Acting
from labapp.results import tasks as results
from labapp.results.models import TallyAct
from labapp.results.queries.published_vote import published_vote
from labapp.results.tasks.documents import print_act
from labapp.voting.models import Vote
from tests.client import Client
from tests.make import Make
from tests.polling import table
from tests.voting import make as voting

#: Of paper; the first saw the hands too.
OF_PAPER = ("la  PRESIDENTA del acueducto", "La maestra")


def closed(make: Make, channels: str) -> tuple[Lab, Vote, Actor]:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, 30)
    vote, by = table.vote(make, lab, channels=channels), table.tellers(make, lab)
    if "hands" in channels:
        table.take(vote, voters[:6], Channel.HANDS)
        table.raise_hands(lab, vote, by[0], 6, {1: 6})
    table.into_box(lab, vote, by, ["1"] * 20)
    results.close_due(vote.closes_at)
    return lab, vote, by[0]


def do(lab: Lab, vote: Vote, by: Actor, way: Channel, *witnesses: str) -> bool:
    counted, now = ChannelCount(witnesses=witnesses, have_declared=True), vote.closes_at
    return reconciliation.reconcile(
        Acting(lab, by, now), vote, channel=way, counted=counted, explained=""
    )


@pytest.mark.parametrize(
    ("witnesses", "field"),
    [
        ((), "first_witness"),
        (("La maestra",), "first_witness"),
        (("", "La maestra"), "first_witness"),
        (("La maestra", " "), "first_witness"),
        (("La maestra", "la MAESTRA"), "second_witness"),
    ],
    ids=str,
)
def test_papers_are_reconciled_before_two_witnesses(
    make: Make, witnesses: tuple[str, ...], field: str
) -> None:
    lab, vote, by = closed(make, "account paper")

    with pytest.raises(Conflict) as refused:
        do(lab, vote, by, Channel.PAPER, *witnesses)

    assert refused.value.values["field"] == field
    assert db.session.get(Reconciliation, (vote.id, Channel.PAPER)) is None


def test_whoever_has_an_office_or_a_contract_is_no_witness(make: Make, client: Client) -> None:
    lab, vote, by = closed(make, "account paper hands")
    undeclared = ChannelCount(witnesses=OF_PAPER)
    with pytest.raises(Conflict) as refused:
        reconciliation.reconcile(
            Acting(lab, by, vote.closes_at),
            vote,
            channel=Channel.PAPER,
            counted=undeclared,
            explained="",
        )
    assert refused.value.values["field"] == "first_declared"
    every = dict.fromkeys((option.position for option in vote.options), 0)
    with pytest.raises(Conflict) as refused:
        show_of_hands.require_possible(vote, Show(0, every, table.WITNESSES), taken=6)
    assert refused.value.values["field"] == "first_declared"

    do(lab, vote, by, Channel.HANDS)
    do(lab, vote, by, Channel.PAPER, *OF_PAPER)
    db.session.commit()
    assert results.finish(vote.id, vote.closes_at)
    print_act(vote.id, utcnow())
    said = "no tener cargo, candidatura ni contrato"
    assert said in client.get(voting.address(lab, vote) + "act").text
    db.session.execute(update(ShowOfHands).values(witnesses_declared=False))
    db.session.commit()
    assert said not in client.get(voting.address(lab, vote) + "act").text


def test_the_database_takes_two_witnesses_or_none(make: Make) -> None:
    lab, vote, by = closed(make, "account paper")
    do(lab, vote, by, Channel.PAPER, *OF_PAPER)
    db.session.commit()

    for wrong in (None, "", OF_PAPER[0]):
        with pytest.raises(IntegrityError):
            db.session.execute(update(Reconciliation).values(second_witness=wrong))
        db.session.rollback()
    db.session.execute(update(Reconciliation).values(first_witness=None, second_witness=None))


def test_the_act_names_the_witnesses_of_hands_and_of_paper_each_once(
    make: Make, client: Client
) -> None:
    lab, vote, by = closed(make, "account paper hands")
    do(lab, vote, by, Channel.HANDS, "Nadie", "Tampoco")
    do(lab, vote, by, Channel.PAPER, *OF_PAPER)
    db.session.commit()

    assert results.finish(vote.id, vote.closes_at)
    print_act(vote.id, utcnow())

    names = (*table.WITNESSES, "La maestra")
    act = db.session.get_one(TallyAct, vote.id)
    bundle = place(db.session.get_one(StoredFile, act.bundle_id), views.folder()).read_bytes()
    with client.get(voting.address(lab, vote) + "act.json") as sent:
        told = json.loads(sent.data)
    page = client.get(voting.address(lab, vote) + "act").text
    assert published_vote(vote).witnesses == names
    assert tuple(told["witnesses"]) == names
    assert all(name in page for name in names)
    assert "the result is the same" in "\n".join(check(bundle))


def test_paper_alone_has_its_two_witnesses(make: Make) -> None:
    lab, vote, by = closed(make, "account paper")
    do(lab, vote, by, Channel.PAPER, *OF_PAPER)

    assert published_vote(vote).witnesses == OF_PAPER


def test_what_was_reconciled_before_anybody_asked_has_none(make: Make) -> None:
    _lab, vote, _by = closed(make, "account paper")
    numbers = {"issued": 20, "used": 20, "returned": 0, "voided": 0}
    make.keep(
        Reconciliation(
            vote_id=vote.id,
            channel=Channel.PAPER,
            reconciled_at=vote.closes_at,
            **numbers,
        )
    )

    assert published_vote(vote).witnesses == ()
