"""The house under test: one app for each database, and an empty database for each test."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings

from labapp.cli.migrations import prepare
from labapp.db import db
from labapp.factory import create_app
from tests.client import Client
from tests.databases import (
    KINDS,
    Database,
    disposed,
    for_each_kind,
    postgres_server,
    postgresql,
    sqlite,
)
from tests.make import Make
from tests.statements import Statements, counted

SETTINGS = {
    "TESTING": True,
    "SECRET_KEY": "a secret of the tests",
    "SECURE_COOKIES": False,
    "WTF_CSRF_ENABLED": False,
    "RATELIMIT_ENABLED": False,
}


# What a test of many cases takes, a busy machine multiplies: time alone is no fault.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

#: More processes than this find no work, and each has a browser and a server of its own.
MOST = 4


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Say how many processes ``-n auto`` is."""
    return min(os.cpu_count() or 1, MOST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=lambda item: item.get_closest_marker("heavy") is None)


#: Opens a database of a kind.
Opener = Callable[[str], AbstractContextManager[Database]]


@dataclass(frozen=True)
class House:
    """The application on a migrated database."""

    app: Flask
    database: Database


@pytest.fixture(scope="session")
def opener() -> Iterator[Opener]:
    """Open a database of a kind; this process's own server starts when it is first needed."""
    with ExitStack() as stack:
        server = cache(lambda: stack.enter_context(postgres_server()))
        yield lambda kind: sqlite() if kind == "sqlite" else postgresql(server())


@pytest.fixture(scope="session")
def houses(
    opener: Opener, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], House]]:
    with for_each_kind(lambda kind: _house(opener(kind), tmp_path_factory.mktemp(kind))) as made:
        yield made


@contextmanager
def _house(opening: AbstractContextManager[Database], instance: Path) -> Iterator[House]:
    with opening as database:
        settings = {**SETTINGS, "DATABASE_URL": database.url, "INSTANCE": str(instance)}
        app = prepare(create_app(settings))
        app.test_client_class = Client
        with app.app_context():
            engine = db.engine
        with disposed(engine):
            with app.app_context():
                upgrade()
                database.keep(engine)
            yield House(app, database)


@pytest.fixture(scope="session", params=KINDS)
def house(request: pytest.FixtureRequest, houses: Callable[[str], House]) -> House:
    """The house on a database of each kind in turn."""
    return houses(request.param)


@pytest.fixture(scope="session")
def app(house: House) -> Flask:
    """The application on a migrated database."""
    return house.app


@pytest.fixture
def world(house: House) -> Iterator[None]:
    """An empty database, and a context to arrange things in."""
    with house.app.app_context():
        house.database.empty(db.engine)
        yield
        db.session.remove()


@pytest.fixture
def make(world: None) -> Make:
    return Make()


@pytest.fixture
def client(app: Flask, world: None) -> Client:
    """A browser without JavaScript or sight: requests and cookies."""
    client = app.test_client()
    assert isinstance(client, Client)
    return client


@pytest.fixture
def statements(world: None) -> Callable[[], AbstractContextManager[Statements]]:
    """Count the SQL run inside ``with statements() as run``: ``run.count``, ``run.texts``."""
    return lambda: counted(db.engine)
