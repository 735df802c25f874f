"""Write the reconciliation: all handed out was used, returned or voided, or words say why not."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from labapp.db import db
from labapp.domain.channel import Channel, read
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.polling import queries
from labapp.polling.models import Batch, Card, CardState, Reconciliation, ShowOfHands
from labapp.polling.service.guards import (
    note,
    require_countable,
    require_offered,
    require_two_witnesses,
)
from labapp.record.acting import Acting
from labapp.voting.models import Vote
from labapp.voting.queries import lock_vote


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """What somebody counted of a channel, beside what the system knows.

    Attributes:
        reissued: handed out again, in the place of one that was lost or spoilt.
        returned: handed out and brought back unused.
        voided: lost or spoilt, and replaced or not.
        witnesses: who saw the papers counted: two different offices; of other ways nobody.
    """

    reissued: int = 0
    returned: int = 0
    voided: int = 0
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelRecord:
    """What the system knows of a channel.

    Attributes:
        taken: lines of the roll taken by this way.
        used: ballots that came by it, spoilt papers included; people who stood for hands.
        waiting: batches that are not in the ballot box.
        told: cards returned and voided, which the system knows; nothing of the other ways.
        done: its reconciliation, None until it is written.
    """

    channel: Channel
    taken: int
    used: int
    waiting: int
    told: ChannelCount
    done: Reconciliation | None

    def off(self, told: ChannelCount) -> int:
        """Return how many were handed out and are not accounted for; negative: came too many."""
        issued = self.taken + told.reissued
        return issued - self.used - told.returned - told.voided


def channel_records(vote: Vote) -> list[ChannelRecord]:
    """Return what the system knows of each way of the hall that the vote offers."""
    offered = [channel for channel in read(vote.channels) if channel is not Channel.ACCOUNT]
    taken = queries.turnout_by_channel(vote.id)
    cards = _cards(vote.id)
    used, waiting, people = _counts_so_far(vote.id)
    done = {row.channel: row for row in queries.reconciliations(vote.id)}
    used_by_channel = {
        Channel.CARD: cards.get(CardState.USED, 0),
        Channel.PAPER: used,
        Channel.HANDS: people,
    }
    voided = cards.get(CardState.VOIDED, 0)
    counts = {Channel.CARD: ChannelCount(voided, cards.get(CardState.RETURNED, 0), voided)}
    return [
        ChannelRecord(
            channel=channel,
            taken=taken.get(channel, 0),
            used=used_by_channel[channel],
            waiting=waiting if channel is Channel.PAPER else 0,
            told=counts.get(channel, ChannelCount()),
            done=done.get(channel),
        )
        for channel in offered
    ]


def reconcile(
    acting: Acting[Lab], vote: Vote, *, channel: Channel, told: ChannelCount, explained: str
) -> bool:
    """Reconcile one way of the hall, after the close; done again, the old one is replaced. Flushes.

    Args:
        acting: a facilitator.
        vote: closed and not counted.
        channel: card, paper or hands.
        told: what was counted by hand; of cards only ``reissued`` counts, the rest is known, and
            of paper its witnesses are asked.
        explained: in words, where it does not add up; it stands in the act of the count.

    Returns:
        Whether nothing of the hall is lacking now: the vote may be counted.

    Raises:
        Denied: wrong role or stage.
        Conflict: not closed, not offered, a batch is not in the box, two witnesses are lacking,
            more is accounted for than was handed out, or less and nobody says why; ``field``
            among the values names the question.
    """
    acting.require(Act.CHANNEL_RECONCILE)
    if channel is Channel.ACCOUNT:
        raise Conflict(mark("Votes with an account need no reconciling."))
    require_offered(vote, channel)
    vote = lock_vote(vote.id)
    require_countable(vote)
    if vote.closed_at is None:
        raise Conflict(mark("The hall is reconciled after the vote closes."))
    (here,) = (one for one in channel_records(vote) if one.channel is channel)
    if here.waiting:
        raise Conflict(mark("A pile of papers is not in the urn yet."))
    told = _checked(here, told)
    off = here.off(told)
    if off < 0:
        raise Conflict(_TOO_MANY, number=str(-off), field="explained")
    if off and not explained:
        raise Conflict(
            mark("It does not add up by %(number)s. Explain it in words."),
            number=str(off),
            field="explained",
        )
    db.session.execute(
        delete(Reconciliation).where(
            Reconciliation.vote_id == vote.id, Reconciliation.channel == channel
        )
    )
    numbers = {
        "issued": here.taken + told.reissued,
        "used": here.used,
        "returned": told.returned,
        "voided": told.voided,
    }
    db.session.add(
        Reconciliation(
            vote_id=vote.id,
            channel=channel,
            issued=numbers["issued"],
            used=numbers["used"],
            returned=numbers["returned"],
            voided=numbers["voided"],
            explained=explained if off else "",
            first_witness=told.witnesses[0] if told.witnesses else None,
            second_witness=told.witnesses[1] if told.witnesses else None,
            reconciled_at=acting.now,
        )
    )
    after = {"channel": channel.value, **numbers}
    reason = explained if off else ""
    note(acting, Act.CHANNEL_RECONCILE, vote, after=after, reason=reason)
    return queries.is_reconciled(vote)


_TOO_MANY = mark(
    "There are %(number)s more than were handed out, and no words explain that away. Count again; "
    "if the line of somebody who was given one was freed, add it to those handed out again."
)


def _checked(here: ChannelRecord, told: ChannelCount) -> ChannelCount:
    """Return what is told of this way: of cards and hands, what the system knows stands."""
    if min(told.reissued, told.returned, told.voided) < 0:
        raise Conflict(mark("Numbers cannot be less than zero."))
    if here.channel is Channel.CARD:
        return ChannelCount(told.reissued, here.told.returned, here.told.voided)
    if here.channel is not Channel.PAPER:
        return ChannelCount()
    require_two_witnesses(told.witnesses)
    return told


def _cards(vote_id: int) -> dict[CardState, int]:
    rows = db.session.execute(
        select(Card.state, func.count()).where(Card.vote_id == vote_id).group_by(Card.state)
    )
    return {row[0]: row[1] for row in rows}


def _counts_so_far(vote_id: int) -> tuple[int, int, int]:
    """Return papers in the box or spoilt, batches that wait, and people who stood for hands."""
    mine = Batch.vote_id == vote_id
    papers = select(func.coalesce(func.sum(Batch.sheets), 0)).where(
        mine, Batch.reconciled_at.is_not(None)
    )
    waiting = select(func.count()).select_from(Batch).where(mine, Batch.reconciled_at.is_(None))
    people = select(func.coalesce(func.sum(ShowOfHands.people), 0)).where(
        ShowOfHands.vote_id == vote_id
    )
    parts = (papers, waiting, people)
    row = db.session.execute(select(*(part.scalar_subquery() for part in parts))).one()
    return row[0], row[1], row[2]
