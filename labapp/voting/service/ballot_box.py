"""The ballot box: one ballot a person goes in.

Turnout, ballots and receipts have random keys and nothing in common; after the close the room of
results shuffles them (``results.tasks.shuffle``).
"""

from datetime import datetime

from sqlalchemy import insert

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.code_alphabet import in_groups, new_code
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act, Actor, Relation, Role, require
from labapp.voting.models import Ballot, Receipt, Turnout, Vote
from labapp.voting.queries.voter import Voter

_TURNOUT, _BALLOT, _RECEIPT = insert(Turnout), insert(Ballot), insert(Receipt)
_ACCOUNT = frozenset({Role.ACCOUNT})
_ON_ROLL, _NOBODY = frozenset({Relation.ON_ROLL}), frozenset[Relation]()
#: What is said to whoever's line of the roll is taken.
TAKEN = {
    Channel.ACCOUNT: mark("You have already voted here. Your vote was kept."),
    Channel.CARD: mark("You were given a voting card for this vote: vote with it."),
    Channel.PAPER: mark("You were given a paper ballot for this vote: vote with it."),
    Channel.HANDS: mark("You voted by raising your hand in the meeting."),
}
#: What is said of a paper whose receipt is kept already.
PAPER_USED = mark("This paper was used already. Open the vote again for a new one.")


def cast(voter: Voter, content: str, *, receipt: str, now: datetime) -> None:
    """Put one ballot in the box, note the turnout, keep the receipt: three rows nothing joins.

    No entry is written and no instant kept: an entry has a time and an order, and those betray.

    Args:
        voter: how they stand before the vote, read in this transaction.
        content: what the ballot holds, as ``ballot_text`` wrote it.
        receipt: the code made when the paper was shown.
        now: compared with the hours of the vote and then forgotten.

    Raises:
        Denied: not on the roll, or wrong stage.
        Conflict: not open, already voted by any way, or the receipt is known.
        sqlalchemy.exc.IntegrityError: a second ballot of the same person came at this instant.
    """
    actor = Actor(voter.person_id, _ACCOUNT)
    relations = _ON_ROLL if voter.on_roll else _NOBODY
    # The hours first: before the opening nobody is on the roll, and that is not the reason.
    require_open(voter, now)
    require(actor, Act.BALLOT_CAST, voter.stage, relations)
    if voter.taken:
        raise Conflict(TAKEN[voter.taken])
    if voter.kept:
        raise Conflict(PAPER_USED)
    connection, here = db.session.connection(), {"consultation_id": voter.vote_id}
    connection.execute(_TURNOUT, {**here, "person_id": voter.person_id})
    put_in(voter.vote_id, content, receipt)


def put_in(vote_id: int, content: str, receipt: str | None) -> None:
    """Put a ballot in the box and keep its receipt, if it has one. Nothing else is noted."""
    connection, here = db.session.connection(), {"consultation_id": vote_id}
    connection.execute(_BALLOT, {**here, "marks": content})
    if receipt is not None:
        connection.execute(_RECEIPT, {**here, "code": receipt})


def new_receipt() -> str:
    """Return a receipt code: twelve characters that can be read aloud, 59 random bits."""
    return in_groups(new_code(12))


def require_open(vote: Vote | Voter, now: datetime) -> None:
    """Raise Conflict unless ballots are taken at this instant."""
    if vote.annulled_at:
        raise Conflict(mark("This vote was annulled."))
    if vote.opened_at is None or now < vote.opens_at:
        raise Conflict(mark("This vote has not opened yet."))
    if vote.closed_at or now >= vote.closes_at:
        raise Conflict(mark("This vote has closed."))
