"""What the votes bring: pages before the close, opening, the roll checked and kept to one line."""

from labapp.domain.kinds import Kind
from labapp.room import Copies, Original, Room
from labapp.voting import tasks, views
from labapp.voting.models import Vote
from labapp.voting.queries import joined_lines, roll


def _copies(vote: Vote) -> Copies:
    # Its copy changes with acts, not with the hour: one past its close is open until it is closed.
    return Copies(vote.question, vote.state(vote.opens_at), vote.announced_at)


room = Room(
    blueprints=(views.bp,),
    every_minute=(tasks.open_due,),
    drifts=(roll.drift,),
    before_join=(joined_lines.require_no_vote_taken,),
    before_part=(joined_lines.require_no_vote_parted,),
    originals=(Original(Kind.VOTE, Vote, _copies),),
)
