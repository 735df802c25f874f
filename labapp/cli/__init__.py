"""The command line ``labapp``: everything done beside the pages."""

import os
import sys
from importlib import import_module
from typing import TextIO

import click
from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy.exc import ArgumentError, OperationalError

from labapp.counting.errors import Uncountable
from labapp.domain.errors import Refusal

#: Command -> the module beside this one that has it. A command is imported when it is asked for:
#: the whole application takes seconds to import, and counting a file needs none of it.
PLACES = {
    "db": "migrations",
    "init": "init",
    "places": "init",
    "serve": "server",
    "work": "work",
    "record": "checks",
    "counters": "checks",
    "backup": "backup",
    "restore": "backup",
    "demo": "demo",
    "documents": "documents",
    "count": "count",
    "verify": "verify",
}


class Commands(FlaskGroup):
    """Flask's own commands and ours, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every name: the application has no command of its own, so it is not made here."""
        self._load_plugin_commands()
        return sorted({*click.Group.list_commands(self, ctx), *PLACES})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command by its name."""
        if name not in PLACES:
            return super().get_command(ctx, name)
        commands: tuple[click.Command, ...] = import_module(f"{__name__}.{PLACES[name]}").COMMANDS
        return next(command for command in commands if command.name == name)


def _create_app() -> Flask:
    app: Flask = import_module("labapp.factory").create_app()
    prepared: Flask = import_module(f"{__name__}.migrations").prepare(app)
    return prepared


cli = Commands(
    name="labapp",
    create_app=_create_app,
    add_version_option=False,
    help="labapp takes a community's problem all the way to a result that somebody has checked.",
)


def main() -> None:
    """Run the command line; anything refused is one sentence and a status that is not zero."""
    try:
        status = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        _leave("Stopped.", 130)
    except click.ClickException as error:
        _leave(error.format_message(), error.exit_code)
    except (ArgumentError, OperationalError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        _leave(f"The database cannot be used: {reason}", 2)
    except (RuntimeError, Refusal, Uncountable) as error:
        _leave(str(error), 2)
    except OSError as error:
        _silence(sys.stdout)
        name = error.filename
        what = f"{name} cannot be read or written" if name else "Reading or writing failed"
        _leave(f"{what}: {error.strerror or error}.", 2)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _leave(sentence: str, status: int) -> None:
    try:
        click.echo(sentence, err=True)
    except OSError:
        _silence(sys.stderr)
    sys.exit(status)


def _silence(stream: TextIO | None) -> None:
    """Throw away what a full disk did not take: Python would try again at the end, and say so."""
    if stream is None:  # it was closed before the command began
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
