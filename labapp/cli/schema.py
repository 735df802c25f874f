"""Where the database stands among the migrations."""

import logging

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade as run_upgrade

from labapp.db import db
from labapp.factory import migrations


def revisions() -> tuple[str | None, str | None]:
    """Return the revision of the database and the newest one there is."""
    settings = Config()
    settings.set_main_option("script_location", str(migrations()))
    newest = ScriptDirectory.from_config(settings).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision(), newest


def require_current() -> None:
    """Refuse to go on with a database behind its migrations.

    Raises:
        RuntimeError: with what to do.
    """
    here, newest = revisions()
    if here is None:
        raise RuntimeError("The database is empty. To make it, run: labapp init")
    if here != newest:
        raise RuntimeError(
            f"The database is at migration {here} and this version needs {newest}. "
            "Make a backup, then run: labapp db upgrade"
        )


def upgrade() -> None:
    """Bring the database to the newest migration, saying nothing."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    run_upgrade()
