"""A town of each database, loaded once a run; on SQLite each test may spoil it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from labapp.db import db
from tests.conftest import Opener
from tests.databases import KINDS, for_each_kind, sqlite
from tests.security.town import Town, build

Restore = Callable[[], None]
#: Tells whether anything was written since it was last asked.
Watch = Callable[[], bool]


@pytest.fixture(scope="session")
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, Path]]:
    with sqlite() as database:
        folder = tmp_path_factory.mktemp("town")
        town = build(database, folder)
        template = folder / "template.db"
        shutil.copyfile(town.file, template)
        yield town, template
        with town.app.app_context():
            db.engine.dispose()


@pytest.fixture
def restore(_loaded: tuple[Town, Path]) -> Restore:
    """Bring the town on SQLite back as it was loaded."""
    town, template = _loaded

    def again() -> None:
        db.session.remove()
        db.engine.dispose()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{town.file}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(template, town.file)

    return again


@pytest.fixture
def town(_loaded: tuple[Town, Path], restore: Restore) -> Iterator[Town]:
    """The town on SQLite, as it was loaded."""
    town, _template = _loaded
    with town.app.app_context():
        restore()
        yield town
        db.session.remove()


@pytest.fixture
def watched(town: Town) -> Callable[[], AbstractContextManager[Watch]]:
    """Watch the town's file: ``with watched() as changed: ... changed()``."""

    @contextmanager
    def watch() -> Iterator[Watch]:
        with closing(sqlite3.connect(town.file)) as connection:
            seen = [_version(connection)]

            def changed() -> bool:
                seen.append(_version(connection))
                return seen[-1] != seen[-2]

            yield changed

    return watch


def _version(connection: sqlite3.Connection) -> int:
    """Return a number that another connection's commit changes."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


@pytest.fixture(scope="session")
def _towns(
    request: pytest.FixtureRequest, opener: Opener, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Town]]:
    @contextmanager
    def loaded(kind: str) -> Iterator[Town]:
        if kind == "sqlite":
            yield request.getfixturevalue("_loaded")[0]
            return
        with opener(kind) as database:
            town = build(database, tmp_path_factory.mktemp("town"))
            yield town
            with town.app.app_context():
                db.engine.dispose()

    with for_each_kind(loaded) as made:
        yield made


@pytest.fixture(scope="session", params=KINDS)
def _either(request: pytest.FixtureRequest, _towns: Callable[[str], Town]) -> Town:
    return _towns(request.param)


@pytest.fixture
def either_town(_either: Town, restore: Restore) -> Iterator[Town]:
    """The town on each database in turn, to be left as it is."""
    with _either.app.app_context():
        restore()
        yield _either
        db.session.remove()
