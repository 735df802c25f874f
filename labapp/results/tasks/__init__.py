"""What the clock does with a vote that ends: close it, shuffle its box, count it, publish.

Each is safe to repeat.
"""

from datetime import datetime

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.results import queries, service
from labapp.results.tasks import documents, long_count, shuffle
from labapp.voting.models import Vote


def close_due(now: datetime) -> int:
    """Close the votes whose hour has come, and finish every closed one; return how many closed."""
    closed = service.close_due(now)
    waiting = queries.to_finish()
    db.session.commit()
    for vote_id in waiting:
        if vote_id in closed:
            shut(vote_id, now)
        else:
            finish(vote_id, now)
    return len(closed)


def shut(vote_id: int, now: datetime) -> bool:
    """Shuffle the box of a vote that has just closed, and finish it if the hall is reconciled.

    What came by account need not wait for the hall: it is shuffled now, and again at the end with
    all that came later.

    Returns:
        Whether the count was published just now. Commits.
    """
    waits = not service.is_complete(vote_id)
    db.session.commit()
    if waits:
        shuffle.shuffle(vote_id)
    return finish(vote_id, now)


def finish(vote_id: int, now: datetime) -> bool:
    """Shuffle the ballot box of a closed vote and publish its count unless a draw is lacking.

    A vote whose hall is not reconciled waits: its box is shuffled after the last batch came in.

    Returns:
        Whether the count was published just now. Commits. A box that somebody is reading for too
        long is left for the next turn.
    """
    if not service.is_shuffled(vote_id) and not _shuffle_last(vote_id, now):
        return False
    if not long_count.is_countable(vote_id, now):
        return False
    published = service.publish_due(vote_id, now)
    db.session.commit()
    if published:
        shuffle.wipe_ended(now)
    return published


def publish_reconciled(vote_id: int, now: datetime) -> None:
    """Count and publish a vote whose hall is reconciled, and print its act. Commits."""
    if finish(vote_id, now):
        documents.print_act(vote_id, now)


def publish_by_draw(acting: Acting[Lab], vote: Vote, *, seed: str) -> bool:
    """Publish a count by what the announced draw gave, or have it counted by that if it is long.

    Returns:
        Whether it is published. The publication, or the note of the draw, is flushed and the edge
        commits it; whether a long count is found is committed before, on the way.
    """
    if vote.shuffled_at and not long_count.is_countable(vote.id, acting.now):
        raise Conflict(mark("The count is still under way: the page of the vote tells how far."))
    if (
        vote.shuffled_at
        and queries.result(vote).ties
        and not long_count.is_countable(vote.id, acting.now, seed=seed)
    ):
        service.note_draw(acting, vote, seed=seed)
        return False
    service.publish(acting, vote, seed=seed)
    return True


def count_long(now: datetime) -> int:
    """Count to the end the votes whose count takes long; return how many were found."""
    waiting = queries.long_counts()
    db.session.commit()
    done = [each for each in waiting if long_count.go_on(each, now)]
    for vote_id in done:
        finish(vote_id, now)
    return len(done)


def _shuffle_last(vote_id: int, now: datetime) -> bool:
    """Shuffle the box for the last time; tell whether it was, with nothing more due. Commits."""
    complete = service.is_complete(vote_id)
    db.session.commit()
    if not complete or not shuffle.shuffle(vote_id):
        return False
    # A pile that was found meanwhile opens the hall again: the box is shuffled once it is in.
    complete = service.is_complete(vote_id)
    if complete:
        service.note_shuffle(vote_id, now)
    db.session.commit()
    return complete
