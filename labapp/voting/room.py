"""What the votes bring: their pages before the close, their opening, and their roll checked."""

from labapp.domain.kinds import Kind
from labapp.room import Copies, Original, Room
from labapp.voting import tasks, views
from labapp.voting.models import Vote
from labapp.voting.queries import roll


def _copies(vote: Vote) -> Copies:
    # Its copy changes with acts, not with the hour: one past its close is open until it is closed.
    return Copies(vote.question, vote.state(vote.opens_at), vote.announced_at)


room = Room(
    blueprints=(views.bp,),
    every_minute=(tasks.open_due,),
    drifts=(roll.drift,),
    originals=(Original(Kind.VOTE, Vote, _copies),),
)
