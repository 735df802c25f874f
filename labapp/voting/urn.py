"""The urn: one ballot a person goes in, and at the close everything in it is shaken.

Turnout, ballots and receipts have random keys and nothing in common. Until the close, PostgreSQL's
``xmin`` and the order of SQLite's journal still say which rows came together: that is why ``shake``
deletes and inserts each table's rows in the order of fresh random keys, each table in a
transaction of its own, and then has the files rewritten.
"""

import logging
import secrets
import sqlite3
from contextlib import closing
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.exc import OperationalError

from labapp.db import Base, db
from labapp.domain.channel import Channel
from labapp.domain.code_alphabet import grouped, new_code
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act, Actor, Relation, Role, require
from labapp.voting.hall.models import Card, Reading, Sheet
from labapp.voting.models import Ballot, Consultation, Receipt, Turnout
from labapp.voting.voter import Voter

_log = logging.getLogger(__name__)

_TURNOUT, _BALLOT, _RECEIPT = insert(Turnout), insert(Ballot), insert(Receipt)
_ACCOUNT = frozenset({Role.ACCOUNT})
_ON_ROLL, _NOBODY = frozenset({Relation.ON_ROLL}), frozenset[Relation]()
#: What is said to whoever's line of the roll is taken.
TAKEN = {
    Channel.ACCOUNT: mark("You have already voted here. Your vote was kept."),
    Channel.CARD: mark("You were given a voting card for this vote: vote with it."),
    Channel.PAPER: mark("You were given a paper ballot for this vote: vote with it."),
    Channel.HANDS: mark("You voted by raising your hand in the meeting."),
}
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


def cast(voter: Voter, content: str, *, receipt: str, now: datetime) -> None:
    """Put one ballot in the urn, note the turnout, keep the receipt: three rows nothing joins.

    No entry is written and no instant kept: an entry has a time and an order, and those betray.

    Args:
        voter: how they stand before the vote, read in this transaction.
        content: what the ballot holds, as ``domain.sheet`` wrote it.
        receipt: the code made when the paper was shown.
        now: compared with the hours of the vote and then forgotten.

    Raises:
        Denied: not on the roll, or wrong stage.
        Conflict: not open, already voted by any way, or the receipt is known.
        sqlalchemy.exc.IntegrityError: a second ballot of the same person came at this instant.
    """
    actor = Actor(voter.person_id, _ACCOUNT)
    held = _ON_ROLL if voter.on_roll else _NOBODY
    # The hours first: before the opening nobody is on the roll, and that is not the reason.
    refuse_unless_open(voter, now)
    require(actor, Act.BALLOT_CAST, voter.stage, held=held)
    if voter.taken:
        raise Conflict(TAKEN[voter.taken])
    if voter.kept:
        raise Conflict(mark("This paper was used already. Open the vote again for a new one."))
    connection, here = db.session.connection(), {"consultation_id": voter.consultation_id}
    connection.execute(_TURNOUT, {**here, "person_id": voter.person_id})
    drop(voter.consultation_id, content, receipt)


def drop(consultation_id: int, content: str, receipt: str | None) -> None:
    """Put a ballot in the urn and keep its receipt, if it has one. Nothing else is noted."""
    connection, here = db.session.connection(), {"consultation_id": consultation_id}
    connection.execute(_BALLOT, {**here, "marks": content})
    if receipt is not None:
        connection.execute(_RECEIPT, {**here, "code": receipt})


def new_receipt() -> str:
    """Return a receipt code: twelve characters that can be read aloud, 59 random bits."""
    return grouped(new_code(12))


def refuse_unless_open(vote: Consultation | Voter, now: datetime) -> None:
    """Raise Conflict unless ballots are taken at this instant."""
    if vote.annulled_at:
        raise Conflict(mark("This vote was annulled."))
    if vote.opened_at is None or now < vote.opens_at:
        raise Conflict(mark("This vote has not opened yet."))
    if vote.closed_at or now >= vote.closes_at:
        raise Conflict(mark("This vote has closed."))


def shake(consultation_id: int) -> bool:
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
