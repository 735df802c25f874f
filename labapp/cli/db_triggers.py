"""Put the database's own guards to sleep while a backup is brought back."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from labapp.db import db


@contextmanager
def asleep(connection: Connection) -> Iterator[None]:
    """Disable every trigger of ours on this connection's transaction, and enable them after."""
    if connection.dialect.name == "postgresql":
        names = [table.name for table in db.metadata.sorted_tables]
        for name in names:
            connection.execute(text(f'ALTER TABLE "{name}" DISABLE TRIGGER USER'))
        yield
        for name in names:
            connection.execute(text(f'ALTER TABLE "{name}" ENABLE TRIGGER USER'))
        return
    triggers = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    ).all()
    for name, _sql in triggers:
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    yield
    for _name, sql in triggers:
        connection.exec_driver_sql(sql)
