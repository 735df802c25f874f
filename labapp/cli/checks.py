"""``labapp record verify`` and ``labapp counters check``: is what is kept still true?"""

from collections.abc import Callable, Iterator

import click
from flask.cli import AppGroup

from labapp.cli import schema
from labapp.followup import queries as followup
from labapp.problems import queries as problems
from labapp.proposals import queries as proposals
from labapp.record import queries as record
from labapp.sessions import queries as sessions
from labapp.thread import queries as thread

record_group = AppGroup("record", help="The append-only record.")
counters_group = AppGroup("counters", help="Counters and copies kept beside the truth.")

#: Each room that keeps a copy or a counter says where it drifted.
DRIFTS: tuple[Callable[[], Iterator[str]], ...] = (
    thread.drift,
    problems.drift,
    sessions.drift,
    proposals.drift,
    followup.drift,
)


@record_group.command("verify")
def verify() -> None:
    """Recompute every chain; name the first entry that was changed, moved or removed."""
    schema.require_current()
    _report(list(record.faults()), "The record is whole.")


@counters_group.command("check")
def check() -> None:
    """Compare counters and copies with the rows they stand for."""
    schema.require_current()
    _report([fault for drift in DRIFTS for fault in drift()], "Counters and copies agree.")


def _report(faults: list[str], well: str) -> None:
    if faults:
        raise click.ClickException("\n".join(faults))
    click.echo(well)


COMMANDS = (record_group, counters_group)
