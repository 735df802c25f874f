"""``labapp record verify`` and ``labapp counters check``: is what is kept still true?"""

from collections.abc import Iterator

import click
from flask.cli import AppGroup

from labapp.cli import schema
from labapp.house import ROOMS
from labapp.record import queries as record
from labapp.room import Room
from labapp.thread.queries import copies

record_group = AppGroup("record", help="The append-only record.")
counters_group = AppGroup("counters", help="Counters and copies kept beside the truth.")


@record_group.command("verify")
def verify() -> None:
    """Recompute every chain; name the first entry that was changed, moved or removed."""
    schema.require_current()
    _report(list(record.faults()), "The record is whole.")


@counters_group.command("check")
def check() -> None:
    """Compare counters and copies with the rows they stand for."""
    schema.require_current()
    _report(list(faults()), "Counters and copies agree.")


def faults() -> Iterator[str]:
    """Yield one sentence for each counter or copy that does not say what its rows say."""
    for room in ROOMS:
        yield from faults_of(room)


def faults_of(room: Room) -> Iterator[str]:
    """Yield those of one room."""
    for original in room.originals:
        yield from copies.faults(original)
    for drift in room.drifts:
        yield from drift()


def _report(faults: list[str], well: str) -> None:
    if faults:
        raise click.ClickException("\n".join(faults))
    click.echo(well)


COMMANDS = (record_group, counters_group)
