"""What the votes bring: pages before the close, opening, the roll checked and kept to one line."""

from sqlalchemy import and_, select

from labapp.domain.kinds import Kind
from labapp.room import Copies, Original, Room
from labapp.thread.service.texts import ColumnTexts
from labapp.voting import tasks, views
from labapp.voting.models import Option, Vote
from labapp.voting.queries import roll
from labapp.voting.service import joined_lines, kept_lists


def _copies(vote: Vote) -> Copies:
    # Its copy changes with acts, not with the hour: one past its close is open until it is closed.
    return Copies(vote.question, vote.state(vote.opens_at), vote.announced_at)


#: The law of the vote: from its opening on the paper keeps its words.
_UNOPENED = select(Vote.id).where(Vote.opened_at.is_(None))

room = Room(
    blueprints=(views.bp,),
    every_minute=(tasks.open_due,),
    drifts=(roll.drift,),
    before_join=(joined_lines.require_no_vote_taken,),
    before_dismissal=(kept_lists.require_no_vote_near,),
    before_part=(joined_lines.require_no_vote_parted,),
    originals=(Original(Kind.VOTE, Vote, _copies),),
    public_texts=(
        ColumnTexts(
            frozenset({Kind.VOTE}),
            lambda thing_id: and_(Vote.id == thing_id, Vote.opened_at.is_(None)),
            heads=(Vote.question,),
            columns=(Vote.funder, Vote.tie_rule),
        ),
        ColumnTexts(
            frozenset({Kind.VOTE}),
            lambda thing_id: and_(Option.vote_id == thing_id, Option.vote_id.in_(_UNOPENED)),
            columns=(Option.label,),
        ),
        ColumnTexts(
            frozenset({Kind.PROPOSAL, Kind.PROBLEM}),
            lambda thing_id: and_(Option.thing_id == thing_id, Option.vote_id.in_(_UNOPENED)),
            heads=(Option.label,),
        ),
    ),
)
