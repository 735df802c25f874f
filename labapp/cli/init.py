"""``labapp init`` and ``labapp places import``: what a new instance needs."""

import secrets
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from labapp.accounts import queries as accounts
from labapp.accounts import service
from labapp.accounts.service import roles
from labapp.cli import migrations
from labapp.db import db, utcnow
from labapp.domain.roles import VISITOR
from labapp.record.acting import Acting
from labapp.territory import service as territory

places_group = AppGroup("places", help="The places of the country.")


@click.command("init")
@click.option("--username", prompt="User name of the first administrator")
@click.option("--name", prompt="Name shown", default="Administración", show_default=True)
@click.option("--password", default="", help="Left out, one is made and printed once.")
@with_appcontext
def init(username: str, name: str, password: str) -> None:
    """Migrate the database, load the places, make the first administrator."""
    migrations.upgrade()
    now = utcnow()
    count = territory.import_places()
    if accounts.by_username(username) is not None:
        db.session.commit()
        raise click.ClickException(f"There is already an account named {username}.")
    chosen = password or secrets.token_urlsafe(12)
    person = service.open_account(
        Acting(None, VISITOR, now), name=name, username=username, password=chosen
    )
    roles.grant_first_administrator(person.id, now=now)
    db.session.commit()
    click.echo(f"{count} places.")
    click.echo(f"Administrator: {username}" + ("" if password else f", password: {chosen}"))


@places_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_places(file: Path) -> None:
    """Import places from a CSV FILE: code,level,name,parent_code. Running it again updates."""
    count = territory.import_places(file)
    db.session.commit()
    click.echo(f"{count} places.")


COMMANDS = (init, places_group)
