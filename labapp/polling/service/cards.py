"""Write cards: print them, void the lost ones, take back the unused, cast the ballot of one.

What the record keeps of them are numbers: never which card, and nothing of a card that is cast.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, update

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act, Actor, require
from labapp.labs.models import Lab
from labapp.polling import card_code
from labapp.polling.models import Card, CardState
from labapp.polling.queries import cards
from labapp.polling.queries.cards import Holder
from labapp.polling.queries.spare_lines import spare
from labapp.polling.service.guards import NOT_OFFERED
from labapp.record.acting import Acting
from labapp.voting import queries
from labapp.voting.models import Vote
from labapp.voting.service import ballot_box

#: Cards of one printing: twenty-five sheets.
MOST_CARDS = 200
#: What is said to whoever comes with a card that does not vote any more.
SPENT = {
    CardState.USED: mark(
        "A vote was cast with this card already. If it was not you, say so at the table now."
    ),
    CardState.VOIDED: mark(
        "This card was voided, because somebody said that it was lost. "
        "At the table they can give you another."
    ),
    CardState.RETURNED: mark(
        "This card was handed back without being used, and it does not vote any more. "
        "At the table they can give you another."
    ),
}
#: A printed card votes only against a line of the roll: with a pile of them nobody counts twice.
NOT_HANDED_OUT = mark(
    "As many cards have voted as were handed out at the table, and this one is not noted there. "
    "Go to the table with it: once they have found you on the list, it votes."
)
_USE = (
    update(Card)
    .where(Card.code_hash == bindparam("hash"), Card.state == CardState.PRINTED)
    .where(Card.vote_id == bindparam("vote"))
    .where(spare(Channel.CARD) > 0)
    .values(state=CardState.USED)
)


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A card as it goes on paper. Its code is in no table, and shown this once."""

    serial: int
    code: str


def issue(acting: Acting[Lab], vote: Vote, *, count: int, secret: str) -> list[PrintedCard]:
    """Make cards to be printed at once. Flushes.

    Args:
        acting: a facilitator.
        vote: announced or open.
        count: how many, up to ``MOST_CARDS``.
        secret: of the site; when it changes, every code printed before is dead.

    Raises:
        Denied: wrong role or stage.
        Conflict: the vote takes no cards, or has ended.
    """
    acting.require(Act.CARD_PRINT)
    vote = queries.lock_vote(vote.id)
    if Channel.CARD not in vote.offered_channels:
        raise Conflict(NOT_OFFERED)
    if vote.is_over(acting.now):
        raise Conflict(mark("This vote has ended."))
    if not 1 <= count <= MOST_CARDS:
        raise ValueError(f"{count} cards at once")
    first = cards.last_serial(vote.id) + 1
    made = [PrintedCard(serial, card_code.new()) for serial in range(first, first + count)]
    db.session.execute(
        insert(Card),
        [
            {
                "vote_id": vote.id,
                "serial": card.serial,
                "code_hash": card_code.hash_code(secret, card_code.read(card.code)),
                "state": CardState.PRINTED,
            }
            for card in made
        ],
    )
    after = {"count": count, "first": first, "last": made[-1].serial}
    acting.record(Act.CARD_PRINT, vote.id, after=after)
    db.session.flush()
    return made


def withdraw(acting: Acting[Lab], vote: Vote, *, first: int, last: int, state: CardState) -> int:
    """Void the unused cards of a range, or note that they came back. Flushes.

    Args:
        acting: a facilitator or a teller; the record keeps the number of cards and no serial.
        vote: whose cards.
        first: the first serial.
        last: the last serial.
        state: VOIDED or RETURNED.

    Returns:
        How many cards changed. In a range, those used or withdrawn before stay as they are.

    Raises:
        Denied: wrong role or stage.
        Conflict: the vote's cards are reconciled, no card has that number, or none is unused.
    """
    acting.require(Act.CARD_VOID)
    vote = queries.lock_vote(vote.id)
    if vote.has_ended or cards.are_reconciled(vote.id):
        raise Conflict(mark("The cards of this vote were counted already: they stay as they are."))
    states = cards.states(vote.id, first, last)
    if not states:
        raise Conflict(mark("No card of this vote has that number. Look at the stub again."))
    unused = [serial for serial, was in states.items() if was is CardState.PRINTED]
    if not unused:
        raise Conflict(_STAYS[states[first]] if len(states) == 1 else _NONE_LEFT)
    db.session.execute(
        update(Card)
        .where(Card.vote_id == vote.id, Card.serial.between(first, last))
        .where(Card.state == CardState.PRINTED)
        .values(state=state)
    )
    after = {"count": len(unused), "as": state.value}
    acting.record(Act.CARD_VOID, vote.id, after=after)
    db.session.flush()
    return len(unused)


_NONE_LEFT = mark("All these cards were used, voided or handed back before.")
_STAYS = {
    CardState.USED: mark(
        "A vote was cast with this card already: it cannot be voided or taken back."
    ),
    CardState.VOIDED: mark("This card was voided before."),
    CardState.RETURNED: mark("This card was marked as handed back before."),
}


def cast(holder: Holder, code_hash: str, content: str, *, receipt: str, now: datetime) -> None:
    """Use the card up and put its ballot in the box: one row changed, two written, nothing joined.

    Args:
        holder: the card as it stands before the vote, read with its receipt in this transaction.
        code_hash: of the card's code.
        content: what the ballot holds, as ``ballot_text`` wrote it.
        receipt: the code made when the paper was shown.
        now: compared with the hours of the vote and then forgotten.

    Raises:
        Denied: wrong stage.
        Conflict: not open, the card does not vote, as many have voted as lines of the roll were
            taken for cards, or the receipt is known.
        sqlalchemy.exc.IntegrityError: the receipt came with another card at this instant.
    """
    voter = holder.voter
    require(Actor(None), Act.CARD_CAST, voter.stage)
    ballot_box.require_open(voter, now)
    if holder.state is not CardState.PRINTED:
        raise Conflict(SPENT[holder.state or CardState.USED])
    if voter.kept:
        raise Conflict(ballot_box.PAPER_USED)
    used = db.session.connection().execute(_USE, {"hash": code_hash, "vote": voter.vote_id})
    if used.rowcount != 1:
        now_is = cards.state(code_hash)
        raise Conflict(SPENT.get(now_is or CardState.USED, NOT_HANDED_OUT))
    ballot_box.put_in(voter.vote_id, content, receipt)
