"""The migrations make the tables that the models describe, and can take them away."""

from pathlib import Path

import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect

from labapp.cli import schema
from labapp.cli.migrations import prepare
from labapp.db import db
from labapp.factory import create_app
from tests.conftest import SETTINGS, Opener
from tests.databases import KINDS, disposed


@pytest.mark.parametrize("kind", KINDS)
def test_migrations_go_up_down_and_up_again(kind: str, opener: Opener, tmp_path: Path) -> None:
    with opener(kind) as database:
        settings = {**SETTINGS, "DATABASE_URL": database.url, "INSTANCE": str(tmp_path)}
        app = prepare(create_app(settings))
        with app.app_context(), disposed(db.engine) as engine:
            upgrade()
            first = set(inspect(engine).get_table_names())
            downgrade(revision="base")
            bare = set(inspect(engine).get_table_names())
            upgrade()
            again = set(inspect(engine).get_table_names())
            check()
            here, newest = schema.revisions()

    assert bare <= {"alembic_version"}
    assert first == again
    assert here == newest
    assert len(first) > 1
