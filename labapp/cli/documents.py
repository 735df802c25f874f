"""``labapp documents copy``: public copies of documents sent before there were any."""

import click
from flask.cli import AppGroup

from labapp.cli import schema
from labapp.db import db, utcnow
from labapp.domain.errors import Unreadable
from labapp.domain.roles import CLOCK
from labapp.files.views import folder
from labapp.followup import queries, service
from labapp.labs.models import Lab
from labapp.record.acting import Acting

documents_group = AppGroup("documents", help="Documents that were shown as evidence.")


@documents_group.command("copy")
def copy() -> None:
    """Make the public copy of each PDF that has none; name those that do not open."""
    schema.require_current()
    made = 0
    for evidence in queries.without_copy():
        lab = db.session.get_one(Lab, evidence.thing.lab_id)
        try:
            service.copy_anew(Acting(lab, CLOCK, utcnow()), evidence, folder=folder())
        except Unreadable as refusal:
            name = f"{lab.slug}, documents/{evidence.thing.number}"
            click.echo(f"{name}: {refusal.sentence}", err=True)
            db.session.rollback()
            continue
        db.session.commit()
        made += 1
    db.session.rollback()
    click.echo(f"{made} public copies were made.")


COMMANDS = (documents_group,)
