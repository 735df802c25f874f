"""``labapp serve``: gunicorn with two preloaded workers, and the clock beside it."""

import os
import signal
import threading
from contextlib import suppress
from typing import Any, NoReturn

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from labapp import config
from labapp.cli import preload, schema, work
from labapp.cli.ballot_lock import Turnstile
from labapp.db import db
from labapp.factory import create_app

_PAUSE = 2.0
#: What gunicorn's master listens to, and the process of the clock must not.
_SIGNALS = (*Arbiter.SIGNALS, signal.SIGCHLD)


class Clock:
    """The one ``labapp work`` process: forked from the server, restarted, stopped with it.

    It is forked and not started anew because the memory of the loaded site is then shared.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._stopping = threading.Event()
        self._watch: threading.Thread | None = None
        self._pid, self._alive = 0, -1

    def start(self, server: Arbiter) -> None:
        """Begin the process, and to watch over it."""
        self._fork(server)
        self._watch = threading.Thread(target=self._keep, args=(server,), daemon=True)
        self._watch.start()

    def stop(self) -> None:
        """End the process and wait for it."""
        self._stopping.set()
        if self._watch is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGTERM)
            self._watch.join(timeout=15)

    def _fork(self, server: Arbiter) -> None:
        """Fork; the pipe that only the child writes to ends when the child does."""
        self._alive, held = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            self._run(server)
        os.close(held)

    def _run(self, server: Arbiter) -> NoReturn:
        status = 1
        try:
            for number in _SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            for listener in server.LISTENERS:
                listener.sock.close()
            with self._app.app_context():
                db.engine.dispose(close=False)
            preload.keep_trimmed()
            work.keep(self._app)
            status = 0
        finally:
            os._exit(status)

    def _keep(self, server: Arbiter) -> None:
        while True:
            os.read(self._alive, 1)
            os.close(self._alive)
            if self._stopping.wait(_PAUSE):
                return
            self._fork(server)


class Server(BaseApplication):
    """gunicorn around one application, set up here and not from its own command line."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app, self._options = app, options
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn our settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application, loaded once before the workers fork."""
        return self._app


def run(app: Flask, *, host: str, port: int) -> None:
    """Serve until stopped.

    Args:
        app: built and checked.
        host: address to listen on.
        port: port to listen on.
    """
    beside = Clock(app)

    def over(_server: Any) -> None:
        beside.stop()

    def forked(_server: Any, _worker: Any) -> None:
        with app.app_context():
            db.engine.dispose(close=False)
        preload.keep_trimmed()

    preload.prepare(app)
    app.wsgi_app = Turnstile(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's manual does
    Server(
        app,
        {
            "bind": f"{host}:{port}",
            "workers": int(os.environ.get("LABAPP_WORKERS", "2")),
            "threads": 4,
            "preload_app": True,
            "control_socket_disable": True,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "labapp",
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112
            "when_ready": beside.start,
            "on_exit": over,
            "post_fork": forked,
        },
    ).run()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the site with gunicorn, in production."""
    app = create_app()
    config.require_safe(app.config, debug=app.debug)
    with app.app_context():
        schema.require_current()
    if not app.config["SITE_URL"]:
        click.echo(
            "LABAPP_SITE_URL is not set: the acts of counts that the clock prints will bear no QR.",
            err=True,
        )
    run(app, host=host, port=port)


COMMANDS = (serve,)
