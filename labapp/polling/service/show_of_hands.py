"""Write a show of hands: who stood, the hands for each option, two witnesses by their office."""

from sqlalchemy import delete, insert

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.polling import queries
from labapp.polling.models import HandCount, Reconciliation, ShowOfHands
from labapp.polling.queries.hands import Show, show_of_hands
from labapp.polling.service.guards import (
    require_countable,
    require_offered,
    require_two_witnesses,
)
from labapp.record.acting import Acting
from labapp.voting.models import Vote
from labapp.voting.queries import lock_vote


def note_hands(acting: Acting[Lab], vote: Vote, *, show: Show) -> None:
    """Note a show of hands, or correct it until the close. Flushes.

    Its entry keeps the people and the hands before and after; what each option got stays hidden
    until the result is published.

    Raises:
        Denied: wrong role or stage.
        Conflict: this vote takes no hands, it cannot be corrected any more, or the numbers cannot
            be true; ``field`` among the values names the question.
    """
    acting.require(Act.HANDS_NOTE)
    require_offered(vote, Channel.HANDS)
    vote = lock_vote(vote.id)
    require_countable(vote)
    before = show_of_hands(vote.id)
    if before and vote.closed_at:
        raise Conflict(mark("The vote has closed: the count of hands cannot be changed any more."))
    require_possible(vote, show, taken=queries.turnout_by_channel(vote.id).get(Channel.HANDS, 0))
    for table in (HandCount, ShowOfHands, Reconciliation):
        mine = delete(table).where(table.vote_id == vote.id)
        if table is Reconciliation:
            mine = mine.where(Reconciliation.channel == Channel.HANDS)
        db.session.execute(mine)
    first, second = show.witnesses
    db.session.execute(
        insert(ShowOfHands).values(
            vote_id=vote.id,
            people=show.people,
            first_witness=first,
            second_witness=second,
            witnesses_declared=show.have_declared,
        )
    )
    db.session.execute(
        insert(HandCount),
        [
            {"vote_id": vote.id, "position": position, "votes": votes}
            for position, votes in show.votes.items()
        ],
    )
    was = _totals(before) if before else None
    acting.record(Act.HANDS_NOTE, vote.id, before=was, after=_totals(show, before))
    db.session.flush()


def require_possible(vote: Vote, show: Show, *, taken: int) -> None:
    """Raise Conflict where these numbers cannot be what happened in the hall.

    Args:
        vote: its method and its options.
        show: what was counted.
        taken: lines of the roll noted for the show of hands.
    """
    if not vote.method.allows_hands:
        raise Conflict(mark("Votes of this method cannot be counted by hands."))
    if set(show.votes) != {option.position for option in vote.options}:
        raise Conflict(mark("Write the hands of every option; zero where nobody raised one."))
    require_two_witnesses(show.witnesses, have_declared=show.have_declared)
    if show.people > taken:
        raise Conflict(
            mark("Only %(taken)s people are noted on the list for hands: look at it again."),
            taken=str(taken),
            field="people",
        )
    for position, votes in show.votes.items():
        if not 0 <= votes <= show.people:
            raise Conflict(
                mark("An option cannot have more hands than the people who stood."),
                field=f"votes_{position}",
            )
    most = 1 if vote.method.marks_one else vote.max_marks
    if sum(show.votes.values()) > show.people * most:
        raise Conflict(
            mark("There are more hands than the people who stood could raise: %(most)s each."),
            most=str(most),
            field="people",
        )


def _totals(show: Show, before: Show | None = None) -> dict[str, object]:
    """Return what the record keeps: totals, and how many options were corrected."""
    totals: dict[str, object] = {"people": show.people, "hands": sum(show.votes.values())}
    if before:
        totals["corrected"] = sum(1 for p, n in show.votes.items() if before.votes.get(p) != n)
    return totals
