"""Write the ballot box of a closed vote anew, in random order.

Turnout, ballots and receipts have random keys and nothing in common. Until the close, PostgreSQL's
``xmin`` and the order of SQLite's journal still say which rows came together: that is why the task
that shuffles the box deletes and inserts each table's rows in the order of fresh random keys, each
table in a transaction of its own, and then has the files rewritten.
"""

import secrets

from sqlalchemy import Connection, delete, insert

from labapp.db import Base
from labapp.polling.models import Card, ProposedReading, TypedBallot
from labapp.results.models import UnwipedVote
from labapp.voting.models import Ballot, Receipt, Turnout

#: The tables of the box, each with its random key.
BOX: dict[type[Base], str] = {Turnout: "id", Ballot: "id", Receipt: "code", Card: "id"}
#: Wiped with them: as deleted rows they would still tell how the papers lay in their pile.
WIPED: tuple[type[Base], ...] = (*BOX, TypedBallot, ProposedReading)


def part(connection: Connection, vote_id: int) -> None:
    """Part names and turnout of a vote that ends: its rows count, and name nobody any more.

    What the disk keeps of the deleted ones is wiped after the commit: ``tasks.shuffle.wipe_ended``.
    """
    connection.execute(delete(UnwipedVote).where(UnwipedVote.vote_id == vote_id))
    connection.execute(insert(UnwipedVote), [{"consultation_id": vote_id}])
    shuffle(connection, Turnout, vote_id, nameless=True)


def shuffle(
    connection: Connection, table: type[Base], vote_id: int, *, nameless: bool = False
) -> None:
    """Delete the rows of a vote in one table of the box, and insert them in random order.

    The keys that nobody was given are new ones, and the rows go in by key; ``nameless`` ones say
    of no person that they took part.
    """
    columns, key = table.__table__.c, BOX[table]
    taken = connection.execute(
        delete(table).where(columns.consultation_id == vote_id).returning(*columns)
    ).mappings()
    rows = [dict(row) for row in taken]
    for row in rows:
        row[key] = secrets.token_hex(16) if key == "id" else row[key]
        if nameless:
            row["person_id"] = None
    if rows:
        connection.execute(insert(table), sorted(rows, key=lambda row: str(row[key])))
