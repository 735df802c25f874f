"""``labapp work``: the process that does what is due at its time."""

import os
import threading
from collections.abc import Callable
from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from huey import crontab
from sqlalchemy.exc import SQLAlchemyError

from labapp.db import db, utcnow
from labapp.jobs import huey
from labapp.voting import tasks as voting
from labapp.voting.tally import tasks as tally
from labapp.web import tasks as web

#: What the clock does every minute, in this order; each is idempotent and commits for itself.
EVERY_MINUTE: tuple[Callable[[datetime], object], ...] = (
    voting.open_due,
    voting.close_due,
    tally.print_due,
    web.forget_submissions,
)


def tick(app: Flask) -> None:
    """Do what is due now. One task that the database refuses does not stop the others."""
    for task in EVERY_MINUTE:
        with app.app_context():
            try:
                task(utcnow())
            except SQLAlchemyError:
                db.session.rollback()
                app.logger.exception("the clock could not run %s", task.__name__)


def _leave_with_the_server(stop: Callable[[], object], parent: int) -> None:
    while os.getppid() == parent:
        threading.Event().wait(2.0)
    stop()


def keep(app: Flask) -> None:
    """Do what is due at its time, until told to stop or left alone by the parent."""
    due = huey.periodic_task(crontab(minute="*"), name="tick")(lambda: tick(app))
    consumer = huey.create_consumer(workers=1, periodic=True, check_worker_health=False)
    threading.Thread(
        target=_leave_with_the_server, args=(consumer.stop, os.getppid()), daemon=True
    ).start()
    due()  # now, and by the consumer's thread: the main one would write to memory that is shared
    consumer.run()


@click.command()
@with_appcontext
def work() -> None:
    """Do what is due at its time: open, close and count votes. One process a site."""
    keep(current_app._get_current_object())  # type: ignore[attr-defined]


COMMANDS = (work,)
