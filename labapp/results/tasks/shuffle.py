"""Shuffle the ballot box of a closed vote, so that nothing kept tells who came with whom."""

import logging
import sqlite3
from contextlib import closing
from datetime import datetime

from sqlalchemy.exc import OperationalError

from labapp.db import db
from labapp.results import queries, service
from labapp.results.service import shuffle as ballot_shuffle

_log = logging.getLogger(__name__)

#: Seconds that PostgreSQL's rewriting of a table may wait for its readers.
_PATIENCE = "5s"


def shuffle(vote_id: int) -> bool:
    """Rewrite the box of a closed vote in random order, and wipe what the disk kept of the old.

    It commits, in transactions of its own: the caller holds none. Done twice, it harms nothing.

    Returns:
        False if somebody was reading for too long: shuffle it again later.
    """
    for table in ballot_shuffle.BOX:
        with db.engine.begin() as connection:
            ballot_shuffle.shuffle(connection, table, vote_id)
    return _wipe(f"vote {vote_id}")


def wipe_ended(_now: datetime) -> int:
    """Wipe what the disk kept of who took part in votes that have ended; return how many. Commits.

    Whoever ends a vote calls it after the commit, and the clock until nobody was reading.
    """
    waiting = queries.votes_to_wipe()
    db.session.commit()
    if not waiting or not _wipe(f"{len(waiting)} ended votes"):
        return 0
    service.note_wipe(waiting)
    db.session.commit()
    return len(waiting)


def _wipe(whose: str) -> bool:
    """Wipe what the disk kept of rows deleted; False if somebody was reading for too long."""
    try:
        return _wipe_sqlite() if db.engine.dialect.name == "sqlite" else _wipe_postgresql()
    except (OperationalError, sqlite3.OperationalError) as error:
        _log.warning("the urn of %s waits: %s", whose, error)
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
            for table in ballot_shuffle.WIPED:
                connection.exec_driver_sql(f"VACUUM FULL {table.__tablename__}")
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
    return True
