"""Write what the two who typed a paper differently say of it: it stands once both say the same."""

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act, Actor
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.polling.models import Batch, ProposedReading
from labapp.polling.queries import batches as batch_queries
from labapp.polling.queries.batches import Difference
from labapp.polling.service import batches
from labapp.polling.transcription import TypedPaper
from labapp.record.acting import Acting
from labapp.voting.models import Vote


def settle(
    acting: Acting[Lab], vote: Vote, *, number: int, place: int, line: TypedPaper, why: str
) -> bool:
    """Say what a paper holds, looked at again. It waits until the other of the two agrees. Flushes.

    Args:
        acting: either of the two who typed the pile.
        vote: open, or closed and not counted.
        number: of the batch.
        place: of the paper in the pile.
        line: what it holds.
        why: in words; it will stand in the act of the count.

    Returns:
        Whether it stands: the other had said the same before, and those words are kept.

    Raises:
        Denied: wrong role or stage.
        Conflict: not one of the two, or they agree on this paper.
    """
    acting.require(Act.BATCH_TYPE)
    batch, turn, difference = _differing(acting.actor, vote, number, place)
    proposal = difference.waiting
    if proposal is not None and proposal.turn != turn and difference.read_again == line:
        _stand(acting, batch, difference)
        return True
    if proposal is not None:
        db.session.delete(proposal)
        db.session.flush()
    db.session.add(
        ProposedReading(
            batch_id=batch.id,
            number=place,
            turn=turn,
            content=line.content,
            spoilt=line.spoilt,
            why=" ".join(why.split()),
        )
    )
    acting.record(Act.BATCH_TYPE, vote.id, after={"batch": number, "read_again": 1})
    db.session.flush()
    return False


def confirm(acting: Acting[Lab], vote: Vote, *, number: int, place: int) -> None:
    """Confirm what the other of the two says that a paper holds: it stands. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: not one of the two, they agree on this paper, or the other has said nothing.
    """
    acting.require(Act.BATCH_TYPE)
    batch, turn, difference = _differing(acting.actor, vote, number, place)
    if difference.waiting is None:
        raise Conflict(mark("Nobody has said yet what this paper says, looked at again."))
    if difference.waiting.turn == turn:
        raise Conflict(mark("You said this yourself: the other person confirms it."))
    _stand(acting, batch, difference)


def _differing(actor: Actor, vote: Vote, number: int, place: int) -> tuple[Batch, int, Difference]:
    """Return the pile, which of its two typists this is, and where they differ on a paper."""
    batch = batches.require_open_batch(batches.require_typing(vote), number)
    numbers = identity.same_people(actor.person_id, vote.thing.lab_id)
    if not numbers & {batch.first_by_id, batch.second_by_id}:
        raise Conflict(mark("Only the two people who typed this pile settle it."))
    if not batch_queries.is_typed_twice(batch):
        raise Conflict(batches.UNFINISHED)
    difference = next(
        (one for one in batch_queries.differences(batch.id) if one.place == place), None
    )
    if difference is None:
        raise Conflict(mark("You both typed the same of this paper."))
    return batch, 1 if batch.first_by_id in numbers else 2, difference


def _stand(acting: Acting[Lab], batch: Batch, found: Difference) -> None:
    """Put what both say in the place of what each typed, with the words of who said it first."""
    proposal, line = found.waiting, found.read_again
    if proposal is None or line is None:
        raise ValueError(f"nothing was said of paper {found.place}")
    words = f"{found.place}. {proposal.why}"
    batch.explained = "\n".join(filter(None, (batch.explained, words)))
    batch.differences += 1
    for turn in (1, 2):
        batches.keep(batch, turn, {found.place: line})
    vote = db.session.get_one(Vote, batch.vote_id)
    after = {"batch": batch.number, "differences": batch.differences}
    acting.record(Act.BATCH_TYPE, vote.id, after=after)
    db.session.flush()
