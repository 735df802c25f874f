"""What every act of the hall asks first."""

from collections.abc import Sequence

from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.folding import fold
from labapp.voting.models import Vote

#: What is said of a way that the vote does not offer, at the table and to who prints cards.
NOT_OFFERED = mark("This vote does not offer that way to take part.")
_LACKING = {
    Channel.ACCOUNT: mark("This vote is not held with accounts."),
    Channel.CARD: mark("This vote is not held with voting cards."),
    Channel.PAPER: mark("This vote is not held on paper."),
    Channel.HANDS: mark("This vote is not held by a show of hands."),
}


def require_offered(vote: Vote, channel: Channel) -> None:
    """Raise Conflict where this is not among the ways to take part."""
    if channel not in vote.offered_channels:
        raise Conflict(_LACKING[channel])


def require_countable(vote: Vote) -> None:
    """Raise Conflict before the opening, and once nothing more may come from the hall."""
    if vote.opened_at is None:
        raise Conflict(mark("This vote has not opened yet."))
    if vote.annulled_at:
        raise Conflict(mark("This vote was annulled."))
    if vote.shuffled_at or vote.published_at:
        raise Conflict(mark("Everything from the hall was reconciled: the count has begun."))


def require_two_witnesses(witnesses: Sequence[str], *, have_declared: bool) -> None:
    """Raise Conflict unless two different offices declared that nothing keeps them from it.

    ``field`` names the question.
    """
    if len(witnesses) < 2 or not all(fold(office).strip() for office in witnesses):
        raise Conflict(mark("Two witnesses of the count are needed."), field="first_witness")
    if fold(witnesses[0]) == fold(witnesses[1]):
        raise Conflict(mark("The two witnesses must be two people."), field="second_witness")
    if not have_declared:
        raise Conflict(
            mark(
                "Each witness declares to have no office, no candidacy, and no contract with an "
                "entity that owes the lab: whoever has one is no witness."
            ),
            field="first_declared",
        )
