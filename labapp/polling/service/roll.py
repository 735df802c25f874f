"""Write the roll in the hall: take a line of it before a card, a paper or a hand; free it again.

No act of this file leaves an entry in the record or an instant: both would say in which order
people came to the table.
"""

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.polling.queries.spare_lines import to_spare
from labapp.polling.service.guards import NOT_OFFERED
from labapp.record.acting import Acting
from labapp.voting import queries
from labapp.voting.models import Turnout, Vote
from labapp.voting.queries import roll
from labapp.voting.service import ballot_box

#: What is said at the table of a line that is taken.
TAKEN = {
    Channel.ACCOUNT: mark("This person has voted already, with their account."),
    Channel.CARD: mark("This person was given a voting card already."),
    Channel.PAPER: mark("This person was given a paper ballot already."),
    Channel.HANDS: mark("This person is counted in the show of hands already."),
}


def take(acting: Acting[Lab], vote: Vote, *, person_id: int, channel: Channel) -> None:
    """Take somebody's one line of the roll for a way of the hall. Flushes.

    Args:
        acting: a facilitator or a teller; the instant is compared with the hours of the vote and
            then forgotten.
        vote: an open vote.
        person_id: somebody on its roll.
        channel: one that the vote offers, not the account's.

    Raises:
        Denied: wrong role or stage.
        Conflict: not open, a way that is not offered, not on the roll, an account that was
            deleted, or the line is taken.
        sqlalchemy.exc.IntegrityError: somebody took the line at this instant.
    """
    acting.require(Act.ROLL_CONSULT)
    vote = roll.lock_shared(vote.id)
    ballot_box.require_open(vote, acting.now)
    if channel not in vote.hall_channels:
        raise Conflict(NOT_OFFERED)
    if not roll.is_on(vote.id, person_id) or roll.has_left(person_id):
        raise Conflict(mark("This person is not on the list of those who may vote here."))
    if line := roll.turnout_of(vote.id, person_id):
        raise Conflict(TAKEN[line.channel])
    db.session.add(Turnout(vote_id=vote.id, person_id=person_id, channel=channel))
    db.session.flush()


def give_back(acting: Acting[Lab], vote: Vote, *, person_id: int) -> None:
    """Free a line whose card or paper was handed back unused, or taken by mistake. Flushes.

    A card is marked as handed back elsewhere, by its serial: nothing joins it with the person.

    Raises:
        Denied: wrong role or stage.
        Conflict: not open, not taken, voted by account, or as many votes came as lines are taken.
    """
    acting.require(Act.ROLL_CONSULT)
    vote = queries.lock_vote(vote.id)
    ballot_box.require_open(vote, acting.now)
    line = roll.turnout_of(vote.id, person_id)
    if line is None:
        raise Conflict(mark("This person's line is free already."))
    if line.channel is Channel.ACCOUNT:
        raise Conflict(TAKEN[Channel.ACCOUNT])
    if to_spare(vote.id, line.channel) < 1:
        raise Conflict(
            mark("Everybody who took part that way has voted: no line of it can be freed.")
        )
    db.session.delete(line)
    db.session.flush()
