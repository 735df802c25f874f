"""Write what two people who typed a paper differently say of it, looked at again."""

from datetime import datetime

from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act, Actor, require
from labapp.labs.models import Lab
from labapp.voting.hall import batches, piles
from labapp.voting.hall.line import Line
from labapp.voting.hall.rules import note
from labapp.voting.models import Consultation


def settle(
    lab: Lab,
    actor: Actor,
    vote: Consultation,
    *,
    number: int,
    place: int,
    line: Line,
    why: str,
    now: datetime,
) -> None:
    """Settle one difference: what the paper says, looked at again, and how it came about. Flushes.

    Args:
        lab: where it is voted.
        actor: either of the two who typed the pile.
        vote: open, or closed and not counted.
        number: of the batch.
        place: of the paper in the pile.
        line: what it says.
        why: in words; it will stand in the act of the count.
        now: the instant of the act.

    Raises:
        Denied: wrong role or stage.
        Conflict: not one of the two, or they agree on this paper.
    """
    require(actor, Act.BATCH_TYPE, lab.stage)
    vote = batches.at_work(vote)
    batch = batches.held(vote, number)
    if actor.person_id not in (batch.first_by_id, batch.second_by_id):
        raise Conflict(mark("Only the two people who typed this pile settle it."))
    if not piles.is_typed_twice(batch):
        raise Conflict(batches.UNFINISHED)
    if place not in {difference.place for difference in piles.differences(batch.id)}:
        raise Conflict(mark("You both typed the same of this paper."))
    for turn in (1, 2):
        batches.keep(batch, turn, {place: line})
    batch.explained = "\n".join(
        filter(None, (batch.explained, f"{place}. {' '.join(why.split())}"))
    )
    batch.differences += 1
    after = {"batch": number, "differences": batch.differences}
    note(lab, actor, Act.BATCH_TYPE, vote, now, after=after)
