"""The command line ``labapp``: everything done beside the pages."""

import sys

import click
from flask.cli import FlaskGroup
from sqlalchemy.exc import ArgumentError, OperationalError

from labapp.cli import archive, checks, clock, count, exhibition, server, setup
from labapp.domain.errors import Refusal
from labapp.factory import create_app

cli = FlaskGroup(
    name="labapp",
    create_app=create_app,
    add_version_option=False,
    help="labapp takes a community's problem all the way to a result that somebody has checked.",
)
for part in (setup, server, clock, checks, archive, exhibition, count):
    for command in part.COMMANDS:
        cli.add_command(command)


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
    except (RuntimeError, Refusal) as error:
        _leave(str(error), 2)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _leave(sentence: str, status: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(status)
