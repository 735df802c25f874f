"""Run migrations on the application's own engine, SQLite's foreign keys off meanwhile."""

import logging
import sqlite3
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from labapp.db import db, writing

logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)


def process(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no empty migration."""
    asked = getattr(context.config.cmd_opts, "autogenerate", False)
    if asked and directives and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def run() -> None:
    """Run inside one transaction: all of it stands, or nothing does."""
    writing.set(True)
    with db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        lite = raw if isinstance(raw, sqlite3.Connection) else None
        if lite:  # a batch ALTER with them on fails, or deletes children under CASCADE
            lite.execute("PRAGMA foreign_keys=OFF")
        try:
            _migrate(connection, lite)
        finally:
            connection.rollback()
            if lite:
                lite.execute("PRAGMA foreign_keys=ON")


def _migrate(connection: Connection, lite: sqlite3.Connection | None) -> None:
    """Do what was asked of Alembic; check every foreign key before it is committed."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        process_revision_directives=process,
        transactional_ddl=True,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
        if lite:
            broken = lite.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"rows without their parent: {broken[:5]}")


run()
