"""Read what the system knows of each way of the hall, beside which somebody counts by hand."""

from dataclasses import dataclass

from sqlalchemy import select

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.polling import queries
from labapp.polling.models import CardState, Reconciliation
from labapp.polling.queries.cards import counts as card_counts
from labapp.polling.queries.sql_sums import boxed_papers, people_by_hands, waiting_piles
from labapp.voting.models import Vote


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """What somebody counted of a channel, beside what the system knows.

    Attributes:
        reissued: handed out again, in the place of one that was lost or spoilt.
        returned: handed out and brought back unused.
        voided: lost or spoilt, and replaced or not.
        witnesses: who saw the papers counted: two different offices; of other ways nobody.
        have_declared: whether both said that they have no office, candidacy or contract.
    """

    reissued: int = 0
    returned: int = 0
    voided: int = 0
    witnesses: tuple[str, ...] = ()
    have_declared: bool = False


@dataclass(frozen=True, slots=True)
class ChannelRecord:
    """What the system knows of a channel.

    Attributes:
        taken: lines of the roll taken by this way.
        used: ballots that came by it, spoilt papers included; people who stood for hands.
        waiting: batches that are not in the ballot box.
        known: cards returned and voided, which the system knows; nothing of the other ways.
        done: its reconciliation, None until it is written.
    """

    channel: Channel
    taken: int
    used: int
    waiting: int
    known: ChannelCount
    done: Reconciliation | None

    def missing(self, counted: ChannelCount) -> int:
        """Return how many were handed out and are not accounted for; negative: came too many."""
        issued = self.taken + counted.reissued
        return issued - self.used - counted.returned - counted.voided


def channel_records(vote: Vote) -> list[ChannelRecord]:
    """Return what the system knows of each way of the hall that the vote offers."""
    taken = queries.turnout_by_channel(vote.id)
    cards = card_counts(vote.id)
    used, waiting, people = _counts_so_far(vote.id)
    done = {row.channel: row for row in queries.reconciliations(vote.id)}
    used_by_channel = {
        Channel.CARD: cards[CardState.USED],
        Channel.PAPER: used,
        Channel.HANDS: people,
    }
    voided = cards[CardState.VOIDED]
    counts = {Channel.CARD: ChannelCount(voided, cards[CardState.RETURNED], voided)}
    return [
        ChannelRecord(
            channel=channel,
            taken=taken.get(channel, 0),
            used=used_by_channel[channel],
            waiting=waiting if channel is Channel.PAPER else 0,
            known=counts.get(channel, ChannelCount()),
            done=done.get(channel),
        )
        for channel in vote.hall_channels
    ]


def _counts_so_far(vote_id: int) -> tuple[int, int, int]:
    """Return papers in the box or spoilt, batches that wait, and people who stood for hands."""
    parts = (boxed_papers(vote_id), waiting_piles(vote_id), people_by_hands(vote_id))
    row = db.session.execute(select(*(part.scalar_subquery() for part in parts))).one()
    return row[0], row[1], row[2]
