"""``labapp count``: count a file of ballots by any rule, with no database and no network."""

import json
from pathlib import Path

import click

from labapp.cli import files
from labapp.cli.progress_bar import waiting
from labapp.counting.as_json import count_as_json, count_as_text
from labapp.counting.count import count_election
from labapp.counting.formats import by_extension
from labapp.counting.formats.lines import LARGEST_FILE
from labapp.counting.formats.own_rule import own_rule
from labapp.counting.methods import METHODS, NAMES
from labapp.counting.methods.sortition import draw_people
from labapp.counting.outcome import Count


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rule", type=click.Choice(NAMES), help="By default, what a .pb file says.")
@click.option("--option", "options", multiple=True, metavar="KEY=VALUE", help="As seats=3.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole count as JSON.")
def count(file: Path, rule: str | None, options: tuple[str, ...], *, as_json: bool) -> None:
    """Count FILE: a .pb, .soi, .soc, .toi or .toc, or a .csv of ranked ballots."""
    given = _given(options)
    counted = _counted(file, rule, given)
    if as_json:
        click.echo(json.dumps(count_as_json(counted), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(count_as_text(counted)))


def _counted(file: Path, rule: str | None, given: dict[str, str]) -> Count:
    files.require_bounded(file, LARGEST_FILE, "%(name)s is too large to be a file of ballots.")
    with file.open("rb") as stream:
        if rule is not None and rule not in METHODS:
            return draw_people(by_extension.people(stream, file.name, given.get("strata")), given)
        election = by_extension.election(stream, file.name)
    for remark in election.remarks:
        click.echo(remark, err=True)
    if rule is None:
        rule, own = own_rule(election)
        given = own | given
    with waiting() as line:
        return count_election(election, rule, given, progress=line.of(election.budget or 0))


def _given(options: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for text in options:
        clean = text.encode(errors="replace").decode()
        if clean != text:
            raise click.UsageError(f"“{clean}” is not UTF-8 text.")
        key, sign, value = text.partition("=")
        if not sign or not key:
            raise click.UsageError(f"“{text}” is not KEY=VALUE.")
        if key in given:
            raise click.UsageError(f"The option {key} is given twice.")
        given[key] = value
    return given


COMMANDS = (count,)
