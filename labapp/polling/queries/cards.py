"""Read cards: how many there are of each state, and the one whose code was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, Row, and_, bindparam, cast, exists, false, func, null, select

from labapp.db import db
from labapp.domain.channel import Channel, read
from labapp.labs.models import Lab
from labapp.polling.models import Card, CardState, Reconciliation
from labapp.thread.models import Thing
from labapp.voting.models import Vote
from labapp.voting.queries.voter import KEPT, VOTE, Voter, of_vote


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever has a card in hand, before a vote, known by nothing but the code.

    Attributes:
        voter: the vote, and nobody in particular before it.
        state: of the card; None if this vote has no card with that code.
        channels: the ways to take part, as stored.
    """

    voter: Voter
    state: CardState | None
    channels: str

    @property
    def takes_cards(self) -> bool:
        """Whether the vote takes cards at all."""
        return Channel.CARD in read(self.channels)


_HELD = (
    select(
        *VOTE,
        cast(null(), Integer),
        false(),
        null(),
        KEPT,
        Card.state,
        Vote.channels,
    )
    .select_from(Vote)
    .outerjoin(
        Card,
        and_(Card.code_hash == bindparam("code_hash"), Card.vote_id == Vote.id),
    )
)
_HOLDER, _CASTER = of_vote(_HELD), of_vote(_HELD, in_turn=True)


def holder(slug: str, number: int, *, code_hash: str, receipt: str = "") -> Holder | None:
    """Return the vote and the card of a code in one statement, held open; None without a vote.

    With a receipt the card is about to vote. Two of one vote then take turns, or both would find
    that one card fewer has voted than was handed out; who votes by account waits for neither.
    """
    values = {"slug": slug, "number": number, "code_hash": code_hash, "receipt": receipt}
    query = _CASTER if receipt else _HOLDER
    row = db.session.connection().execute(query, values).first()
    return Holder(Voter(*row[:-2]), *row[-2:]) if row else None


def elsewhere(code_hash: str) -> Row[str, str, int | None] | None:
    """Return the vote that a card of another vote belongs to: question, lab's slug and number."""
    return db.session.execute(
        select(Vote.question, Lab.slug, Thing.number)
        .join(Card, Card.vote_id == Vote.id)
        .join(Thing, Thing.id == Vote.id)
        .join(Lab, Lab.id == Thing.lab_id)
        .where(Card.code_hash == code_hash)
    ).first()


def state(code_hash: str) -> CardState | None:
    """Return the state of the card of a code as it is now; None if there is none."""
    return db.session.scalar(select(Card.state).where(Card.code_hash == code_hash))


def has_any(vote_id: int, hashes: Sequence[str]) -> bool:
    """Tell whether an unused card of this vote has one of these hashes."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Card.vote_id == vote_id,
                    Card.code_hash.in_(hashes),
                    Card.state == CardState.PRINTED,
                )
            )
        )
    )


def counts(vote_id: int) -> dict[CardState, int]:
    """Return how many cards stand in each state."""
    rows = db.session.execute(
        select(Card.state, func.count()).where(Card.vote_id == vote_id).group_by(Card.state)
    )
    by_state = {row[0]: row[1] for row in rows}
    return {state: by_state.get(state, 0) for state in CardState}


def last_serial(vote_id: int) -> int:
    """Return the last serial printed, or 0."""
    return db.session.scalar(select(func.max(Card.serial)).where(Card.vote_id == vote_id)) or 0


def states(vote_id: int, first: int, last: int) -> dict[int, CardState]:
    """Return the state of each card of a range, by serial."""
    rows = db.session.execute(
        select(Card.serial, Card.state).where(
            Card.vote_id == vote_id, Card.serial.between(first, last)
        )
    )
    return {row[0]: row[1] for row in rows}


def are_reconciled(vote_id: int) -> bool:
    """Tell whether the cards of this vote were reconciled already."""
    return db.session.get(Reconciliation, (vote_id, Channel.CARD)) is not None
