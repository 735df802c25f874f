"""Where the database stands among the migrations, read without Alembic, which no server needs."""

from sqlalchemy import column, inspect, select, table

from labapp.db import db
from labapp.factory import migrations

#: Where Alembic keeps the number of the last migration that was run.
_STANDING = table("alembic_version", column("version_num"))


def revisions() -> tuple[str | None, str]:
    """Return the revision of the database and the newest one there is."""
    newest = max(path.name for path in (migrations() / "versions").glob("[0-9]*_*.py"))
    with db.engine.connect() as connection:
        known = inspect(connection).has_table(_STANDING.name)
        here = connection.scalar(select(_STANDING.c.version_num)) if known else None
    return here, newest.partition("_")[0]


def require_current() -> None:
    """Refuse to go on with a database behind its migrations.

    Raises:
        RuntimeError: with what to do.
    """
    here, newest = revisions()
    if here is None:
        raise RuntimeError("The database is empty. To make it, run: labapp init")
    if here != newest:
        raise RuntimeError(
            f"The database is at migration {here} and this version needs {newest}. "
            "Make a backup, then run: labapp db upgrade"
        )
