"""``labapp demo``: an instance of its own, loaded with the demonstration and served."""

import json
import secrets
import shutil
from pathlib import Path

import click
from flask import Flask

from labapp.cli import migrations, server
from labapp.config import load as settings
from labapp.db import db, utcnow
from labapp.demo import loading
from labapp.demo.cast import ACCOUNTS, Scene
from labapp.domain.panama_time import local_day
from labapp.factory import create_app

_ACCOUNTS = "accounts.json"
_SECRET = "secret"  # noqa: S105  (the name of a file)


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--serve/--no-serve", "serving", default=True, help="Load it only.")
@click.option("--reset", is_flag=True, help="Make it anew, dated from today.")
def demo(port: int, *, serving: bool, reset: bool) -> None:
    """Load the demonstration into instance/demo and serve it."""
    folder = Path(str(settings({})["INSTANCE"])) / "demo"
    if reset:
        shutil.rmtree(folder, ignore_errors=True)
    app = _open(folder, port)
    if not (folder / _ACCOUNTS).exists():
        _fill(app, folder)
    passwords = json.loads((folder / _ACCOUNTS).read_text())
    _tell(passwords, folder, port if serving else None)
    if serving:
        server.run(app, host="127.0.0.1", port=port)


def _open(folder: Path, port: int) -> Flask:
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / _SECRET
    if not secret.exists():
        secret.write_text(secrets.token_hex(32))
        secret.chmod(0o600)
    database = f"sqlite:///{folder / 'demo.sqlite3'}"
    own = {
        "INSTANCE": str(folder),
        "DATABASE_URL": database,
        "SECRET_KEY": secret.read_text(),
        "SECURE_COOKIES": False,
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    return migrations.prepare(create_app(own))


def _fill(app: Flask, folder: Path) -> None:
    """Migrate and load; a load that did not reach its end is begun again."""
    for left in folder.glob("demo.sqlite3*"):
        left.unlink()
    cast: list[Scene] = []
    with app.app_context():
        migrations.upgrade()
        steps = loading.load(local_day(utcnow()), folder / "files", cast.append)
        with click.progressbar(steps, length=loading.STEPS, label="Loading the example") as bar:
            for _step in bar:
                pass
        db.engine.dispose()
    kept = folder / _ACCOUNTS
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(cast[0].passwords, indent=2) + "\n")


def _tell(passwords: dict[str, str], folder: Path, port: int | None) -> None:
    click.echo(f"\n{'account':18}{'password':16}who")
    for username, name, _role in ACCOUNTS:
        click.echo(f"{username:18}{passwords[username]:16}{name}")
    click.echo(f"\nAlso in {folder / _ACCOUNTS}")
    if port is not None:
        click.echo(f"Open http://127.0.0.1:{port}/   (Ctrl+C stops it)")


COMMANDS = (demo,)
