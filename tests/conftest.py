"""The house under test: one app for each database, and an empty database for each test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from labapp.cli.migrating import prepare
from labapp.db import db
from labapp.factory import create_app
from tests.client import Client
from tests.databases import OPENERS, Database, disposed
from tests.make import Make
from tests.statements import Statements, counted

SETTINGS = {
    "TESTING": True,
    "SECRET_KEY": "a secret of the tests",
    "SECURE_COOKIES": False,
    "WTF_CSRF_ENABLED": False,
    "RATELIMIT_ENABLED": False,
}


@pytest.fixture(scope="session", params=OPENERS)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of each kind in turn, made once a run."""
    with OPENERS[request.param]() as opened:
        yield opened


@pytest.fixture(scope="session")
def app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a migrated database."""
    instance: Path = tmp_path_factory.mktemp("instance")
    app = prepare(create_app({**SETTINGS, "DATABASE_URL": database.url, "INSTANCE": str(instance)}))
    app.test_client_class = Client
    with app.app_context():
        engine = db.engine
    with disposed(engine):
        with app.app_context():
            upgrade()
            database.keep(engine)
        yield app


@pytest.fixture
def world(app: Flask, database: Database) -> Iterator[None]:
    """An empty database, and a context to arrange things in."""
    with app.app_context():
        database.empty(db.engine)
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
