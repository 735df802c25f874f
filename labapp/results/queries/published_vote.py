"""Gather what is published of a counted vote, as the pure bundle takes it."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from labapp.counting.ballot_text import key
from labapp.counting.bundle.disclosure import (
    beside_hands,
    disclose,
    less_spoilt,
    spoilt_to_tell,
    with_hands,
)
from labapp.counting.bundle.published_vote import (
    PublishedOption,
    PublishedReconciliation,
    PublishedVote,
    RaisedHands,
    Roll,
)
from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.folding import fold
from labapp.polling import queries as polling
from labapp.polling.models import Batch, Reconciliation, ShowOfHands
from labapp.results import queries as results
from labapp.voting import queries
from labapp.voting.models import Vote
from labapp.voting.quorum import ballots_needed


def published_vote(vote: Vote) -> PublishedVote:
    """Return what is published of a vote that is closed and counted, its options loaded.

    Where so few voted by one way that the codes would tell how many, the codes are left out.
    """
    ballots = queries.ballots(vote.id)
    codes = tuple(queries.receipts(vote.id))
    stood = db.session.get(ShowOfHands, vote.id)
    hall = polling.hall(vote.id)
    received = _turnout(vote, ballots, len(codes), hall.people, hall.spoilt)
    channels = disclose(received)
    spoilt = spoilt_to_tell(received, hall.spoilt, needed=ballots_needed(vote))
    turnout = channels.groups if spoilt is not None else less_spoilt(channels.groups, hall.spoilt)
    joined = beside_hands(received)
    if joined:
        ballots = with_hands(ballots, hall.people, hall.votes)
    settled = polling.reconciliations(vote.id)
    handed = _reconciled(settled)
    method = vote.method
    return PublishedVote(
        lab=queries.lab_of(vote).name,
        question=vote.question,
        rule=method.name,
        parameters=dict(json.loads(vote.parameters)),
        options=tuple(
            PublishedOption(
                key(o.position), o.label, (o.cost or 0) if method.has_budget else o.cost
            )
            for o in vote.options
        ),
        seats=vote.seats,
        most=vote.max_marks,
        scale=vote.scale,
        budget=vote.budget if method.has_budget else None,
        roll=Roll(vote.roll_size or 0, vote.roll_hash or ""),
        quorum=ballots_needed(vote),
        turnout=turnout,
        ballots=ballots,
        spoilt=spoilt,
        hands=None if joined else _hands(stood, hall.votes),
        receipts=codes if channels.codes else (),
        reconciled=handed,
        tie_rule=vote.tie_rule,
        seed=vote.seed or "",
        opened_at=vote.opened_at or vote.opens_at,
        closed_at=vote.closed_at or vote.closes_at,
        witnesses=_witnesses(stood, settled),
        differences=_differences(vote.id, handed, turnout),
        raised=results.raises(vote),
    )


def _turnout(
    vote: Vote, ballots: Mapping[str, int], codes: int, people: int, spoilt: int
) -> dict[str, int]:
    """Return channel -> ballots received. Codes are of account and card; the rest is paper."""
    account = polling.turnout_by_channel(vote.id).get(Channel.ACCOUNT, 0)
    received = {
        Channel.ACCOUNT: account,
        Channel.CARD: codes - account,
        Channel.PAPER: sum(ballots.values()) - codes + spoilt,
        Channel.HANDS: people,
    }
    offered = vote.offered_channels
    return {c.value: max(n, 0) for c, n in received.items() if n > 0 or c in offered}


def _hands(stood: ShowOfHands | None, votes: Mapping[int, int]) -> RaisedHands | None:
    if stood is None:
        return None
    witnesses = (stood.first_witness, stood.second_witness)
    return RaisedHands(stood.people, {key(place): n for place, n in votes.items()}, witnesses)


def _witnesses(stood: ShowOfHands | None, settled: Sequence[Reconciliation]) -> tuple[str, ...]:
    """Return who saw the hands counted, then who saw the papers, each office once."""
    once: dict[str, str] = {}
    of_hands = (stood.first_witness, stood.second_witness) if stood else ()
    for office in (*of_hands, *(each for row in settled for each in row.witnesses)):
        once.setdefault(fold(office), office)
    return tuple(once.values())


def _reconciled(rows: Sequence[Reconciliation]) -> dict[str, PublishedReconciliation]:
    return {
        row.channel.value: PublishedReconciliation(
            row.issued, row.used, row.returned, row.voided, row.explained
        )
        for row in rows
    }


def _differences(
    vote_id: int, handed: Mapping[str, PublishedReconciliation], turnout: Mapping[str, int]
) -> tuple[str, ...]:
    """Return what people wrote of each difference, pile by pile, then way by way.

    Of a way that is joined with another nothing is told: "paper 2" says that there were two.
    """
    piles: Sequence[str] = ()
    if Channel.PAPER in turnout:
        piles = db.session.scalars(
            select(Batch.explained)
            .where(Batch.vote_id == vote_id, Batch.differences > 0)
            .order_by(Batch.number)
        ).all()
    return (*filter(None, piles), *channel_differences(handed, turnout))


def channel_differences(
    reconciled: Mapping[str, PublishedReconciliation], turnout: Mapping[str, int]
) -> tuple[str, ...]:
    """Return what people wrote of each way that does not add up, where its turnout is told."""
    return tuple(
        each.explained for way, each in reconciled.items() if each.explained and way in turnout
    )
