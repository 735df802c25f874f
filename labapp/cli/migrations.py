"""Migrations, for whatever changes the tables: the command line and the tests, never a server."""

import logging

from flask import Flask
from flask_migrate import Migrate
from flask_migrate import upgrade as run_upgrade
from flask_migrate.cli import db as db_group  # type: ignore[import-not-found]  # no stub

from labapp.db import db
from labapp.factory import migrations

_migrate = Migrate()


def prepare(app: Flask) -> Flask:
    """Give an application its migrations and the commands of ``labapp db``; return it."""
    _migrate.init_app(app, db, directory=str(migrations()), render_as_batch=True)
    return app


def upgrade() -> None:
    """Bring the database to the newest migration, saying nothing."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    run_upgrade()


COMMANDS = (db_group,)
