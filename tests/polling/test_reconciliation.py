"""The reconciliation: issued = used + returned + voided, or words say why; then it is counted."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.labs.models import Lab
from labapp.polling.models import Card, CardState, Reconciliation
from labapp.polling.queries.reconciliation import ChannelCount
from labapp.polling.service import reconciliation
from labapp.record.acting import Acting
from labapp.results import tasks as results
from labapp.voting.models import Vote
from tests.make import Make
from tests.polling import table
from tests.voting import make as voting


def closed(make: Make, channels: str) -> tuple[Lab, Vote, Actor]:
    """Return a closed vote: three papers handed out and two typed, two cards, three hands."""
    lab = voting.lab(make)
    voters = voting.voters(make, lab, 12)
    vote, by = table.vote(make, lab, channels=channels), table.tellers(make, lab)
    if "paper" in channels:
        table.take(vote, voters[:3], Channel.PAPER)
        table.into_box(lab, vote, by, ["1", "nula"])
    if "card" in channels:
        table.take(vote, voters[3:5], Channel.CARD)
        for serial, state in enumerate(CardState, start=1):
            code = f"{vote.id}-{serial}"
            db.session.add(Card(vote_id=vote.id, serial=serial, code_hash=code, state=state))
    if "hands" in channels:
        table.take(vote, voters[5:8], Channel.HANDS)
        table.raise_hands(lab, vote, by[0], 3, {1: 3})
    db.session.commit()
    results.close_due(vote.closes_at)
    db.session.refresh(vote)
    return lab, vote, by[0]


def do(
    lab: Lab,
    vote: Vote,
    by: Actor,
    channel: Channel,
    counted: ChannelCount | None = None,
    explained: str = "",
) -> bool:
    return reconciliation.reconcile(
        Acting(lab, by, vote.closes_at),
        vote,
        channel=channel,
        counted=replace(counted or ChannelCount(), witnesses=table.WITNESSES, have_declared=True),
        explained=explained,
    )


def kept(vote: Vote) -> dict[str, tuple[int, int, int, int, str]]:
    rows = db.session.scalars(select(Reconciliation).where(Reconciliation.vote_id == vote.id))
    return {r.channel.value: (r.issued, r.used, r.returned, r.voided, r.explained) for r in rows}


def test_each_way_is_reconciled_and_after_the_last_the_vote_is_counted(make: Make) -> None:
    lab, vote, by = closed(make, "account card paper hands")

    first = do(lab, vote, by, Channel.PAPER, ChannelCount(returned=1))
    second = do(lab, vote, by, Channel.CARD, ChannelCount(reissued=1))
    waiting = results.finish(vote.id, vote.closes_at)
    last = do(lab, vote, by, Channel.HANDS)

    assert (first, second, waiting, last) == (False, False, False, True)
    assert kept(vote) == {
        "paper": (3, 2, 1, 0, ""),
        "card": (3, 1, 1, 1, ""),
        "hands": (3, 3, 0, 0, ""),
    }
    assert results.finish(vote.id, vote.closes_at)


def test_what_does_not_add_up_needs_words_and_they_are_kept(make: Make) -> None:
    lab, vote, by = closed(make, "paper")

    with pytest.raises(Conflict):
        do(lab, vote, by, Channel.PAPER)
    do(lab, vote, by, Channel.PAPER, explained="Una vecina se llevó la suya.")

    assert kept(vote) == {"paper": (3, 2, 0, 0, "Una vecina se llevó la suya.")}


def test_words_are_not_kept_where_it_adds_up(make: Make) -> None:
    lab, vote, by = closed(make, "paper")

    do(lab, vote, by, Channel.PAPER, ChannelCount(returned=1), explained="Sin más.")

    assert kept(vote) == {"paper": (3, 2, 1, 0, "")}


def test_the_database_itself_refuses_a_difference_without_words(make: Make) -> None:
    _lab, vote, _by = closed(make, "paper")
    db.session.add(
        Reconciliation(
            vote_id=vote.id,
            channel=Channel.PAPER,
            issued=3,
            used=2,
            returned=0,
            voided=0,
            reconciled_at=vote.closes_at,
        )
    )

    with pytest.raises(IntegrityError):
        db.session.flush()

    db.session.rollback()


def test_a_pile_that_waits_holds_paper_back(make: Make) -> None:
    lab, vote, by = closed(make, "paper")
    other = make.actor(lab, Role.TELLER)
    table.pile(lab, vote, (by, other), ["1"], now=vote.closes_at)

    with pytest.raises(Conflict):
        do(lab, vote, by, Channel.PAPER, explained="x")


def test_it_may_be_done_again_until_the_count_begins(make: Make) -> None:
    lab, vote, by = closed(make, "paper")

    do(lab, vote, by, Channel.PAPER, explained="Falta una.")
    do(lab, vote, by, Channel.PAPER, ChannelCount(returned=1))
    results.finish(vote.id, vote.closes_at)
    db.session.refresh(vote)

    assert kept(vote) == {"paper": (3, 2, 1, 0, "")}
    with pytest.raises(Conflict):
        do(lab, vote, by, Channel.PAPER, explained="Otra vez.")


def test_nothing_is_reconciled_before_the_close_nor_what_is_not_offered(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 2)
    vote, by = table.vote(make, lab, channels="account paper"), make.actor(lab, Role.FACILITATOR)

    for channel in (Channel.PAPER, Channel.CARD, Channel.ACCOUNT):
        with pytest.raises(Conflict):
            do(lab, vote, by, channel)


def test_a_teller_does_not_reconcile(make: Make) -> None:
    lab, vote, _by = closed(make, "paper")

    with pytest.raises(Denied):
        do(lab, vote, make.actor(lab, Role.TELLER), Channel.PAPER, ChannelCount(returned=1))


def test_numbers_below_zero_are_refused(make: Make) -> None:
    lab, vote, by = closed(make, "paper")

    with pytest.raises(Conflict):
        do(lab, vote, by, Channel.PAPER, ChannelCount(returned=-1), explained="x")


def test_an_annulled_vote_is_shuffled_without_waiting_for_the_hall(make: Make) -> None:
    lab, vote, _by = closed(make, "paper")

    voting.annul(make, lab, vote, now=vote.closes_at)
    db.session.commit()
    results.close_due(vote.closes_at)

    db.session.refresh(vote)
    assert vote.shuffled_at
    assert vote.published_at is None
