"""Write how a vote ends: closed, counted and published. ``annulment`` holds the other end."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.domain.roles import CLOCK
from labapp.labs.models import Lab
from labapp.polling import queries as polling
from labapp.record.acting import Acting
from labapp.results import queries as results
from labapp.results.models import UnwipedVote
from labapp.results.queries import annulments
from labapp.results.result import Result
from labapp.results.service import acts, shuffle
from labapp.thread import service as thread
from labapp.voting import queries
from labapp.voting.models import Vote

_DRAWN = mark("What the draw gave was noted before, and cannot be changed.")


def close(acting: Acting[Lab], vote: Vote) -> None:
    """Close a vote by hand: at its hour, or when everybody on the roll has voted. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: not open, or somebody may still vote.
    """
    acting.require(Act.VOTE_CLOSE)
    everybody = polling.received_ballots(vote.id) == vote.roll_size
    if vote.opened_at and acting.now < vote.closes_at and not everybody:
        raise Conflict(mark("There are still people who may vote, and it is not the hour yet."))
    _close(acting, vote)


def close_due(now: datetime) -> list[int]:
    """Close, as the clock does, every vote whose hour has come; return their ids. Flushes."""
    due = results.to_close(now)
    for vote in due:
        _close(Acting(queries.lab_of(vote), CLOCK, now), vote)
    return [vote.id for vote in due]


def publish(acting: Acting[Lab], vote: Vote, *, seed: str) -> Result:
    """Publish the count; a tie among those chosen needs what the announced draw gave. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: not closed and shuffled, published or annulled, more came than are on the roll,
            or the draw is lacking.
    """
    acting.require(Act.VOTE_PUBLISH)
    return _publish(acting, vote.id, seed)


def note_draw(acting: Acting[Lab], vote: Vote, *, seed: str) -> None:
    """Note what the announced draw of a tie gave; the clock counts by it and publishes. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: published or annulled, or the draw was noted before.
    """
    acting.require(Act.VOTE_DRAW)
    vote = queries.lock_vote(vote.id)
    _require_not_ended(vote)
    if vote.seed:
        raise Conflict(_DRAWN)
    vote.seed = seed
    acting.record(Act.VOTE_DRAW, vote.id, after={"draw": seed})
    db.session.flush()


def is_shuffled(vote_id: int) -> bool:
    """Tell whether the box of this vote was shuffled."""
    return db.session.get_one(Vote, vote_id).shuffled_at is not None


def is_complete(vote_id: int) -> bool:
    """Tell whether nothing more can come into the box: the hall is reconciled, or it is annulled.

    Only then does shuffling it for the last time make sense: what came later would lie by itself.
    """
    vote = queries.lock_vote(vote_id)
    return bool(vote.annulled_at) or polling.is_reconciled(vote)


def note_shuffle(vote_id: int, now: datetime) -> None:
    """Note that the ballot box was shuffled: it may be counted. Flushes."""
    queries.lock_vote(vote_id).shuffled_at = now
    db.session.flush()


def note_wipe(vote_ids: Sequence[int]) -> None:
    """Note that the disk keeps nothing of who took part in these votes. Flushes."""
    db.session.execute(delete(UnwipedVote).where(UnwipedVote.vote_id.in_(vote_ids)))


def publish_due(vote_id: int, now: datetime) -> bool:
    """Publish, as the clock does, a count that nothing holds back; tell whether it did. Flushes."""
    vote = queries.lock_vote(vote_id)
    if vote.has_ended or not polling.is_reconciled(vote) or annulments.waiting(vote.id):
        return False
    result = results.result(vote)
    if (result.ties and not vote.seed) or not result.fits:
        return False
    _publish(Acting(queries.lab_of(vote), CLOCK, now), vote_id, vote.seed or "")
    return True


def _require_not_ended(vote: Vote) -> None:
    if vote.has_ended:
        raise Conflict(mark("This vote has ended."))


def _part(vote: Vote) -> None:
    """Part names and turnout of a vote that is about to end; one that never opened has none."""
    if vote.opened_at is not None:
        shuffle.part(db.session.connection(), vote.id)


def _close(acting: Acting[Lab], vote: Vote) -> None:
    vote = queries.lock_vote(vote.id)
    if not vote.awaits_close:
        raise Conflict(mark("This vote is not open."))
    vote.closed_at = acting.now
    thread.copy_state(vote.thing, state=vote.state(acting.now))
    after = {"turnout": polling.received_ballots(vote.id)}
    acting.record(Act.VOTE_CLOSE, vote.id, after=after)
    db.session.flush()


def _publish(acting: Acting[Lab], vote_id: int, seed: str) -> Result:
    vote = queries.lock_vote(vote_id)
    _require_not_ended(vote)
    if annulments.waiting(vote.id):
        raise Conflict(mark("Somebody asks to annul this vote: wait until ANTAI has answered."))
    if vote.shuffled_at is None:
        raise Conflict(mark("The ballots are still being shuffled. Try again in a minute."))
    if not polling.is_reconciled(vote):
        raise Conflict(mark("The hall is not reconciled yet: count what came by cards and paper."))
    if vote.seed and vote.seed != seed:
        raise Conflict(_DRAWN)
    counted = results.result(vote)
    if not counted.fits:
        raise Conflict(
            mark("More votes came than there are people on the list: this count cannot stand.")
        )
    tied = bool(counted.ties)
    if tied and not seed:
        raise Conflict(mark("There is a tie: write what the announced draw gave."))
    vote.seed = seed if tied else None
    _part(vote)
    vote.published_at = acting.now
    result, act = results.result(vote), acts.write(vote, now=acting.now)
    thread.copy_state(vote.thing, state=vote.state(acting.now))
    after = result.figures | {"chosen": [option.label for option in result.chosen]}
    after |= {"ballots_root": act.ballots_root, "receipts_root": act.receipts_root}
    if vote.seed:
        after |= {"draw": vote.seed}
    acting.record(Act.VOTE_PUBLISH, vote.id, after=after)
    db.session.flush()
    return result
