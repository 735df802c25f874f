"""The demonstration, loaded once a database and then only read."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade

from labapp.cli.migrations import prepare
from labapp.db import db
from labapp.demo import loading
from labapp.demo.cast import Scene
from labapp.domain.panama_time import local_day
from labapp.factory import create_app
from labapp.record import queries as record
from tests.client import Client
from tests.conftest import SETTINGS, Opener
from tests.databases import KINDS, Database, disposed, for_each_kind

NOW = datetime.now(UTC)


@pytest.fixture(scope="session")
def demos(
    opener: Opener, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Flask]]:
    with for_each_kind(lambda kind: _loaded(opener(kind), tmp_path_factory.mktemp("demo"))) as made:
        yield made


@contextmanager
def _loaded(opening: AbstractContextManager[Database], folder: Path) -> Iterator[Flask]:
    """Load the demonstration; when it was read, check that it is as it was, and can be migrated."""
    with opening as database:
        app = prepare(
            create_app({**SETTINGS, "DATABASE_URL": database.url, "INSTANCE": str(folder)})
        )
        app.test_client_class = Client
        with app.app_context():
            engine = db.engine
        with disposed(engine):
            with app.app_context():
                upgrade()
                cast: list[Scene] = []
                steps = list(loading.load(local_day(NOW), folder / "files", cast.append))
                assert len(steps) == loading.STEPS
            yield app
            with app.app_context():
                assert list(record.faults()) == []
                db.session.rollback()
                downgrade(revision="0001")
                upgrade()
                check()
                assert list(record.faults()) == []
                db.session.rollback()
                downgrade(revision="base")
                upgrade()
                check()


@pytest.fixture(scope="session", params=KINDS)
def _demo(request: pytest.FixtureRequest, demos: Callable[[str], Flask]) -> Flask:
    return demos(request.param)


@pytest.fixture
def demo(_demo: Flask) -> Iterator[Flask]:
    """The demonstration, loaded once a database and then only read."""
    with _demo.app_context():
        yield _demo
        db.session.remove()
