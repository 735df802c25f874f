"""A site of one size: its database, and ``labapp serve`` on it."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import make_url, text

from labapp.cli.migrations import prepare
from labapp.db import db
from labapp.factory import create_app
from tests.bench import load
from tests.bench.fill import Filled, fill

SECRET = "a secret of the benches"
_ROOT = Path(__file__).parents[2]
_PATIENCE = 60.0
_LOWEST, _PORTS = 10_000, 20_000


@dataclass(frozen=True, slots=True)
class Site:
    """One size, filled."""

    app: Flask
    filled: Filled
    folder: Path
    url: str


@contextmanager
def database(server: str | None, folder: Path) -> Iterator[str]:
    """Give the address of an empty database: a file, or one of its own on a server.

    Args:
        server: address of a PostgreSQL server where databases may be made; None for SQLite.
        folder: where the file goes; on a real disk, or the commits cost nothing.
    """
    if server is None:
        yield f"sqlite:///{folder / 'labapp.sqlite3'}"
        return
    name = f"labapp_bench_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def made(url: str, folder: Path, texts: list[tuple[str, str]], *, rows: int, voters: int) -> Site:
    """Migrate the database and fill it."""
    settings = {
        "DATABASE_URL": url,
        "INSTANCE": str(folder),
        "SECRET_KEY": SECRET,
        "SECURE_COOKIES": False,
        "TELL_LIMIT": "1000000 per hour",
    }
    app = prepare(create_app(settings))
    with app.app_context():
        upgrade()
        filled = fill(texts, rows=rows, voters=voters, secret=SECRET)
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return Site(app, filled, folder, url)


def product(site: Site, *, apart: bool = False) -> AbstractContextManager[tuple[int, int]]:
    """Serve the site as an administrator would; give the process and the port.

    Args:
        site: made before.
        apart: in a group of processes of its own, so that all can be killed at once.
    """
    settings = {
        "LABAPP_INSTANCE": str(site.folder),
        "LABAPP_DATABASE_URL": site.url,
        "LABAPP_SECRET_KEY": SECRET,
        "LABAPP_SECURE_COOKIES": "false",
        "LABAPP_TELL_LIMIT": '"1000000 per hour"',
    }
    return _served(
        lambda port: [sys.executable, "-m", "labapp", "serve", "--port", str(port)],
        settings,
        apart=apart,
    )


def floors(path: Path) -> AbstractContextManager[tuple[int, int]]:
    """Serve the floors with the same number of workers and threads."""
    return _served(
        lambda port: [
            *(sys.executable, "-m", "gunicorn", "--bind", f"{load.HOST}:{port}"),
            *("--workers", "2", "--threads", "4", "--preload", "--log-level", "warning"),
            "tests.bench.floor:served()",
        ],
        {"BENCH_FLOOR": str(path)},
    )


@contextmanager
def _served(
    command: Callable[[int], list[str]], settings: dict[str, str], *, apart: bool = False
) -> Iterator[tuple[int, int]]:
    port = free_port()
    process = subprocess.Popen(
        command(port), env=os.environ | settings, cwd=_ROOT, start_new_session=apart
    )
    try:
        _wait(process, port)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def free_port() -> int:
    """Return a port where nobody listens, of those that no system hands out by itself.

    A port that the system chose and took back may be another process's a moment later.
    """
    while True:
        port = _LOWEST + secrets.randbelow(_PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind((load.HOST, port))
            return port


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((load.HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")
