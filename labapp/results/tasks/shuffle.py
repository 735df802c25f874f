"""Shuffle the ballot box of a closed vote, so that nothing kept tells who came with whom.

Turnout, ballots and receipts have random keys and nothing in common. Until the close, PostgreSQL's
``xmin`` and the order of SQLite's journal still say which rows came together: that is why it
deletes and inserts each table's rows in the order of fresh random keys, each table in a
transaction of its own, and then has the files rewritten.
"""

import logging
import secrets
import sqlite3
from contextlib import closing

from sqlalchemy import delete, insert
from sqlalchemy.exc import OperationalError

from labapp.db import Base, db
from labapp.polling.models import Card, Reading, Sheet
from labapp.voting.models import Ballot, Receipt, Turnout

_log = logging.getLogger(__name__)

#: The tables of the urn, each with its random key.
_URN: tuple[tuple[type[Base], str], ...] = (
    (Turnout, "id"),
    (Ballot, "id"),
    (Receipt, "code"),
    (Card, "id"),
)
#: Wiped with them: as deleted rows they would still tell how the papers lay in their pile.
_WIPED: tuple[type[Base], ...] = (*(table for table, _ in _URN), Sheet, Reading)
#: Seconds that PostgreSQL's rewriting of a table may wait for its readers.
_PATIENCE = "5s"


def shuffle(consultation_id: int) -> bool:
    """Rewrite the urn of a closed vote in random order, and wipe what the disk kept of the old.

    It commits, in transactions of its own: the caller holds none. Done twice, it harms nothing.

    Returns:
        False if somebody was reading for too long: shake it again later.
    """
    for table, key in _URN:
        _rewrite(table, key, consultation_id)
    try:
        return _wipe_sqlite() if db.engine.dialect.name == "sqlite" else _wipe_postgresql()
    except (OperationalError, sqlite3.OperationalError) as error:
        _log.warning("the urn of vote %s waits: %s", consultation_id, error)
        return False


def _rewrite(table: type[Base], key: str, consultation_id: int) -> None:
    columns = table.__table__.c
    with db.engine.begin() as connection:
        taken = connection.execute(
            delete(table).where(columns.consultation_id == consultation_id).returning(*columns)
        ).mappings()
        rows = [dict(row) for row in taken]
        for row in rows:
            row[key] = secrets.token_hex(16) if key == "id" else row[key]
        if rows:
            connection.execute(insert(table), sorted(rows, key=lambda row: str(row[key])))


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
            for table in _WIPED:
                connection.exec_driver_sql(f"VACUUM FULL {table.__tablename__}")
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
    return True
