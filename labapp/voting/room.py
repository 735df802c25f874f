"""What the votes bring: their pages, and what is done with them at their hour."""

from labapp.domain.things import Kind
from labapp.room import Copies, Original, Room
from labapp.voting import pages, tasks
from labapp.voting.hall import roll_queries
from labapp.voting.models import Consultation
from labapp.voting.tally import tasks as tally


def _copies(vote: Consultation) -> Copies:
    # Its copy changes with acts, not with the hour: one past its close is open until it is closed.
    return Copies(vote.question, vote.state(vote.opens_at), vote.announced_at)


room = Room(
    blueprints=(pages.bp,),
    every_minute=(tasks.open_due, tasks.close_due, tally.print_due),
    long=(tasks.count_long,),
    originals=(Original(Kind.CONSULTATION, Consultation, _copies),),
    drifts=(roll_queries.drift,),
)
