"""``labapp serve``: gunicorn with two preloaded workers, and the clock beside it."""

import os
import subprocess
import sys
import threading
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from gunicorn.app.base import BaseApplication

from labapp import config
from labapp.cli import schema
from labapp.db import db

_PAUSE = 2.0


class Clock:
    """The one ``labapp work`` process: started with the server, restarted, stopped with it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Begin to watch over the process."""
        self._watch.start()

    def stop(self) -> None:
        """End the process and wait for it."""
        self._stopping.set()
        if self._process is not None:
            self._process.terminate()
        self._watch.join(timeout=15)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen(  # our own interpreter and module
                [sys.executable, "-m", "labapp", "work"], env=self._environment
            )
            self._process.wait()
            self._stopping.wait(_PAUSE)


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


def run(app: Flask, *, host: str, port: int, environment: dict[str, str]) -> None:
    """Serve until stopped.

    Args:
        app: built and checked.
        host: address to listen on.
        port: port to listen on.
        environment: variables with which ``labapp work`` finds the same instance.
    """
    clock = Clock(environment)

    def ready(_server: Any) -> None:
        clock.start()

    def over(_server: Any) -> None:
        clock.stop()

    def forked(_server: Any, _worker: Any) -> None:
        with app.app_context():
            db.engine.dispose(close=False)

    with app.app_context():
        db.engine.dispose()
    Server(
        app,
        {
            "bind": f"{host}:{port}",
            "workers": int(environment.get("LABAPP_WORKERS", "2")),
            "threads": 4,
            "preload_app": True,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "labapp",
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112
            "when_ready": ready,
            "on_exit": over,
            "post_fork": forked,
        },
    ).run()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@with_appcontext
def serve(host: str, port: int) -> None:
    """Serve the site with gunicorn, in production."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    config.check(app.config, debug=app.debug)
    schema.require_current()
    run(app, host=host, port=port, environment=dict(os.environ))


COMMANDS = (serve,)
