"""``labapp verify``: count a published bundle again, with no database and no network."""

from pathlib import Path

import click

from labapp.cli import files
from labapp.cli.progress_bar import waiting
from labapp.counting.bundle.archive import LARGEST_BUNDLE
from labapp.counting.bundle.differences import Differs
from labapp.counting.bundle.verify import check


@click.command()
@click.argument("bundle", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def verify(ctx: click.Context, bundle: Path) -> None:
    """Check BUNDLE, the zip published with a vote: 0 if all agrees, 1 with the first difference."""
    data = files.content(bundle, LARGEST_BUNDLE, "%(name)s is too large to be a bundle.")
    try:
        with waiting() as line:
            lines = check(data, watch=line.of)
    except Differs as difference:
        click.echo(f"DIFFERENT. {difference}")
        ctx.exit(1)
    click.echo("\n".join([*lines, "All agrees."]))


COMMANDS = (verify,)
