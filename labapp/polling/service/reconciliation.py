"""Write the reconciliation: all handed out was used, returned or voided, or words say why not."""

from sqlalchemy import delete

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.polling import queries
from labapp.polling.models import Reconciliation
from labapp.polling.queries.reconciliation import ChannelCount, ChannelRecord, channel_records
from labapp.polling.service.guards import (
    require_countable,
    require_offered,
    require_two_witnesses,
)
from labapp.record.acting import Acting
from labapp.voting.models import Vote
from labapp.voting.queries import lock_vote


def reconcile(
    acting: Acting[Lab], vote: Vote, *, channel: Channel, counted: ChannelCount, explained: str
) -> bool:
    """Reconcile one way of the hall, after the close; done again, the old one is replaced. Flushes.

    Args:
        acting: a facilitator.
        vote: closed and not counted.
        channel: card, paper or hands.
        counted: by hand; of cards only ``reissued`` counts, the rest is known, and
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
    (record,) = (one for one in channel_records(vote) if one.channel is channel)
    if record.waiting:
        raise Conflict(mark("A pile of papers is not in the urn yet."))
    counted = _checked(record, counted)
    missing = record.missing(counted)
    if missing < 0:
        raise Conflict(_TOO_MANY, number=str(-missing), field="explained")
    if missing and not explained:
        raise Conflict(
            mark("It does not add up by %(number)s. Explain it in words."),
            number=str(missing),
            field="explained",
        )
    db.session.execute(
        delete(Reconciliation).where(
            Reconciliation.vote_id == vote.id, Reconciliation.channel == channel
        )
    )
    numbers = {
        "issued": record.taken + counted.reissued,
        "used": record.used,
        "returned": counted.returned,
        "voided": counted.voided,
    }
    db.session.add(
        Reconciliation(
            vote_id=vote.id,
            channel=channel,
            issued=numbers["issued"],
            used=numbers["used"],
            returned=numbers["returned"],
            voided=numbers["voided"],
            explained=explained if missing else "",
            first_witness=counted.witnesses[0] if counted.witnesses else None,
            second_witness=counted.witnesses[1] if counted.witnesses else None,
            witnesses_declared=bool(counted.witnesses) and counted.have_declared,
            reconciled_at=acting.now,
        )
    )
    after = {"channel": channel.value, **numbers}
    reason = explained if missing else ""
    acting.record(Act.CHANNEL_RECONCILE, vote.id, after=after, reason=reason)
    db.session.flush()
    return queries.is_reconciled(vote)


_TOO_MANY = mark(
    "There are %(number)s more than were handed out, and no words explain that away. Count again; "
    "if the line of somebody who was given one was freed, add it to those handed out again."
)


def _checked(record: ChannelRecord, counted: ChannelCount) -> ChannelCount:
    """Return what was counted of this way: of cards and hands, what the system knows stands."""
    if min(counted.reissued, counted.returned, counted.voided) < 0:
        raise Conflict(mark("Numbers cannot be less than zero."))
    if record.channel is Channel.CARD:
        return ChannelCount(counted.reissued, record.known.returned, record.known.voided)
    if record.channel is not Channel.PAPER:
        return ChannelCount()
    require_two_witnesses(counted.witnesses, have_declared=counted.have_declared)
    return counted
