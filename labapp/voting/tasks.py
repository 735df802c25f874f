"""What the clock does with votes: open, close, shake the urn, count. Each is safe to repeat."""

import logging
import sqlite3
from contextlib import closing
from datetime import datetime

from sqlalchemy.exc import OperationalError

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Actor
from labapp.labs.models import Lab
from labapp.voting import queries, service, urn
from labapp.voting.models import Consultation
from labapp.voting.tally import tasks as tally

_log = logging.getLogger(__name__)

#: How long PostgreSQL's rewriting of a table may wait for its readers.
_PATIENCE = "5s"


def open_due(now: datetime) -> int:
    """Open the votes whose hour has come; return how many."""
    opened = service.open_due(now)
    db.session.commit()
    return len(opened)


def close_due(now: datetime) -> int:
    """Close the votes whose hour has come, and finish every closed one; return how many closed."""
    closed = service.close_due(now)
    waiting = queries.to_finish()
    db.session.commit()
    for consultation_id in waiting:
        if consultation_id in closed:
            shut(consultation_id, now)
        else:
            finish(consultation_id, now)
    return len(closed)


def shut(consultation_id: int, now: datetime) -> bool:
    """Shake the urn of a vote that has just closed, and finish it if the hall is reconciled.

    What came by account need not wait for the hall: it is shaken now, and again at the end with
    all that came later.

    Returns:
        Whether the count was published just now. Commits.
    """
    waits = not service.is_complete(consultation_id)
    db.session.commit()
    if waits:
        shake(consultation_id)
    return finish(consultation_id, now)


def finish(consultation_id: int, now: datetime) -> bool:
    """Shake the urn of a closed vote and publish its count unless a draw is lacking.

    A vote whose hall is not reconciled waits: its urn is shaken after the last batch came in.

    Returns:
        Whether the count was published just now. Commits. An urn that somebody is reading for too
        long is left for the next turn.
    """
    if not service.is_shaken(consultation_id) and not _shake(consultation_id, now):
        return False
    if not tally.ready(consultation_id, now):
        return False
    published = service.publish_due(consultation_id, now)
    db.session.commit()
    return published


def draw(lab: Lab, actor: Actor, vote: Consultation, *, seed: str, now: datetime) -> bool:
    """Publish a count by what the announced draw gave, or have it counted by that if it is long.

    Returns:
        Whether it is published. Flushed, not committed: the edge commits.
    """
    if vote.shuffled_at and not tally.ready(vote.id, now):
        raise Conflict(mark("The count is still under way: the page of the vote tells how far."))
    if vote.shuffled_at and queries.result(vote).ties and not tally.ready(vote.id, now, seed=seed):
        service.draw(lab, actor, vote, seed=seed, now=now)
        return False
    service.publish(lab, actor, vote, seed=seed, now=now)
    return True


def count_long(now: datetime) -> int:
    """Count to the end the votes whose count takes long; return how many were found."""
    waiting = queries.searched()
    db.session.commit()
    done = [each for each in waiting if tally.go_on(each, now)]
    for consultation_id in done:
        finish(consultation_id, now)
    return len(done)


def _shake(consultation_id: int, now: datetime) -> bool:
    """Shake the urn for the last time; tell whether it was, with nothing more to come. Commits."""
    complete = service.is_complete(consultation_id)
    db.session.commit()
    if not complete or not shake(consultation_id):
        return False
    # A pile that was found meanwhile opens the hall again: the urn is shaken once it is in.
    complete = service.is_complete(consultation_id)
    if complete:
        service.note_shaken(consultation_id, now)
    db.session.commit()
    return complete


def shake(consultation_id: int) -> bool:
    """Rewrite the urn of a closed vote in random order, and wipe what the disk kept of the old.

    It commits, in transactions of its own: the caller holds none. Done twice, it harms nothing.

    Returns:
        False if somebody was reading for too long: shake it again later.
    """
    for table in urn.URN:
        with db.engine.begin() as connection:
            urn.shuffle(connection, table, consultation_id)
    try:
        return _wipe_sqlite() if db.engine.dialect.name == "sqlite" else _wipe_postgresql()
    except (OperationalError, sqlite3.OperationalError) as error:
        _log.warning("the urn of vote %s waits: %s", consultation_id, error)
        return False


def _wipe_sqlite() -> bool:
    """Rewrite the file, and empty the journal into it: both kept the order of arrival."""
    with closing(db.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("VACUUM")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def _wipe_postgresql() -> bool:
    """Rewrite the tables, so that no dead row is left in them."""
    engine = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"SET lock_timeout = '{_PATIENCE}'")
        try:
            for table in urn.WIPED:
                connection.exec_driver_sql(f"VACUUM FULL {table.__tablename__}")
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
    return True
