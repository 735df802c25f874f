"""The demonstration, loaded once a database and then only read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade

from labapp.cli.migrating import prepare
from labapp.db import db
from labapp.demo import loading
from labapp.demo.scene import Scene
from labapp.domain.panama_time import local_day
from labapp.factory import create_app
from labapp.record import queries as record
from tests.client import Client
from tests.conftest import SETTINGS
from tests.databases import OPENERS, disposed

NOW = datetime.now(UTC)


@pytest.fixture(scope="session", params=OPENERS)
def demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The demonstration, loaded once a database and then only read."""
    folder: Path = tmp_path_factory.mktemp("demo")
    with OPENERS[request.param]() as database:
        app = prepare(
            create_app({**SETTINGS, "DATABASE_URL": database.url, "INSTANCE": str(folder)})
        )
        app.test_client_class = Client
        with app.app_context(), disposed(db.engine):
            upgrade()
            cast: list[Scene] = []
            steps = list(loading.load(local_day(NOW), folder / "files", cast.append))
            assert len(steps) == loading.STEPS
            yield app
            db.session.rollback()
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
