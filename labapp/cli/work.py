"""``labapp work``: the process that does what is due at its time."""

import os
import threading
from collections.abc import Callable

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from labapp.db import db, utcnow
from labapp.house import ROOMS
from labapp.jobs import crontab, huey
from labapp.room import Task

#: What the clock does every minute, in this order; each is idempotent and commits for itself.
EVERY_MINUTE = tuple(task for room in ROOMS for task in room.every_minute)
#: What may take minutes: it has a thread of its own, so that votes open and close meanwhile.
LONG = tuple(task for room in ROOMS for task in room.long)


class TaskRun:
    """Tasks that are never done twice at a time: a turn that comes too early is left out."""

    def __init__(self, app: Flask, tasks: tuple[Task, ...]) -> None:
        self._app, self._tasks = app, tasks
        self._busy = threading.Lock()

    def __call__(self) -> None:
        """Do what is due now. One task that the database refuses does not stop the others."""
        if not self._busy.acquire(blocking=False):
            return
        try:
            for task in self._tasks:
                self._do(task)
        finally:
            self._busy.release()

    def _do(self, task: Task) -> None:
        with self._app.app_context():
            try:
                task(utcnow())
            except SQLAlchemyError:
                db.session.rollback()
                self._app.logger.exception("the clock could not run %s", task.__name__)


def _leave_with_the_server(stop: Callable[[], object], parent: int) -> None:
    while os.getppid() == parent:
        threading.Event().wait(2.0)
    stop()


def keep(app: Flask) -> None:
    """Do what is due at its time, until told to stop or left alone by the parent."""
    minutely = crontab(minute="*")
    due = huey.periodic_task(minutely, name="tick")(TaskRun(app, EVERY_MINUTE))
    long = huey.periodic_task(minutely, name="long")(TaskRun(app, LONG))
    consumer = huey.create_consumer(workers=2, periodic=True, check_worker_health=False)
    threading.Thread(
        target=_leave_with_the_server, args=(consumer.stop, os.getppid()), daemon=True
    ).start()
    # Now, and by the consumer's threads: the main one would write to memory that is shared.
    due()
    long()
    consumer.run()


@click.command()
@with_appcontext
def work() -> None:
    """Do what is due at its time: open, close and count votes. One process a site."""
    keep(current_app._get_current_object())  # type: ignore[attr-defined]


COMMANDS = (work,)
