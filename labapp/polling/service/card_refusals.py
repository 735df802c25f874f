"""What a voter with a card in hand is told of it: one clear sentence, and the nearest way on."""

from dataclasses import dataclass

from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.polling import card_code
from labapp.polling.models import CardState
from labapp.polling.queries import cards as card_queries
from labapp.polling.queries.cards import Holder
from labapp.polling.queries.spare_lines import to_spare
from labapp.polling.service import cards
from labapp.thread import urls


@dataclass(frozen=True, slots=True)
class CardRefusal:
    """Why a code does not vote.

    Attributes:
        why: the sentence, with its values.
        is_card: whether there is such a card, though it does not vote here.
        is_guess: whether it might have been one: guessing is slowed down.
        link: where the card does vote; "" if nowhere.
    """

    why: Conflict
    is_card: bool = True
    is_guess: bool = False
    link: str = ""


def card_refusal(holder: Holder, typed: str, secret: str) -> CardRefusal | None:
    """Return why a code does not vote here; None if it does.

    Args:
        holder: the vote and the card, as they stand.
        typed: what came, as ``card_code.read`` returned it.
        secret: of the site.
    """
    if holder.state is CardState.PRINTED:
        handed_out = to_spare(holder.voter.vote_id, Channel.CARD) > 0
        return None if handed_out else CardRefusal(Conflict(cards.NOT_HANDED_OUT))
    if holder.state is not None:
        return CardRefusal(Conflict(cards.SPENT[holder.state]))
    if other := card_queries.elsewhere(card_code.hash_code(secret, typed)):
        why = Conflict(
            mark("This card is of another vote: “%(question)s”. Vote there with it."),
            question=other[0],
        )
        return CardRefusal(why, link=urls.page(Kind.VOTE, other[2], lab=other[1]) + "card")
    whole = len(typed) == card_code.LENGTH and not card_code.strays(typed)
    return CardRefusal(_mistyped(holder, typed, secret), is_card=False, is_guess=whole)


def _mistyped(holder: Holder, typed: str, secret: str) -> Conflict:
    if not typed:
        return Conflict(mark("Write the code that is on the card."))
    if strays := card_code.strays(typed):
        return Conflict(
            mark(
                "No card has “%(letters)s” in its code. 0 and O may be a D or a Q; "
                "1, I and L may be a 7, a J or a T. Look at the card again."
            ),
            letters=strays[: card_code.LENGTH],
        )
    if len(typed) != card_code.LENGTH:
        return Conflict(
            mark("A code has 12 letters and figures, and %(count)s came. Look at the card again."),
            count=str(len(typed)),
        )
    hashes = [card_code.hash_code(secret, other) for other in card_code.similar_codes(typed)]
    if card_queries.has_any(holder.voter.vote_id, hashes):
        return Conflict(
            mark(
                "Almost: one letter is another, or two changed places. "
                "8 and B, 5 and S, 2 and Z, 6 and G, U and V look alike. Look at the card again."
            )
        )
    return Conflict(
        mark(
            "No card has this code. Copy it again from the card, letter by letter. "
            "If it is the same, say so at the table."
        )
    )
