"""``labapp backup`` and ``labapp restore``: the database and the files in one zip, either engine.

The zip holds ``manifest.json`` (revision, counts), ``tables/<name>.jsonl`` (one row a line, by
key) and ``files/``. It names no engine: what SQLite saved, PostgreSQL takes back.
"""

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from flask_migrate import downgrade
from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Table,
    func,
    insert,
    select,
    text,
    update,
)

from labapp.cli import db_triggers, migrations, schema
from labapp.counting.method import Method
from labapp.db import PossibleDate, UTCDateTime, db, restoring, writing
from labapp.files.views import folder

_BATCH = 500


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Save the database and the files to FILE, a new zip."""
    schema.require_current()
    if file.exists():
        raise click.ClickException(f"{file} exists already; choose another name.")
    if not file.parent.exists():
        raise click.ClickException(f"There is no folder {file.parent}.")
    part = file.with_name(file.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            rows, files = _save(archive)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{file}: {rows} rows and {files} files.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite what the database holds.")
@with_appcontext
def restore(file: Path, *, force: bool) -> None:
    """Bring the database and the files back from FILE."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            _check(archive, manifest["tables"])
            _make_room(str(manifest["revision"]), force=force)
            rows = _load(archive)
            files = _load_files(archive)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise click.ClickException(f"{file} is not a whole backup: {error}") from error
    click.echo(f"{rows} rows and {files} files are back.")


def _save(archive: zipfile.ZipFile) -> tuple[int, int]:
    counts: dict[str, int] = {}
    writing.set(False)  # read at one instant, and let the site write meanwhile
    whole = {} if db.engine.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with db.engine.execution_options(**whole).connect() as connection:
        for table in db.metadata.sorted_tables:
            with archive.open(f"tables/{table.name}.jsonl", "w") as out:
                counts[table.name] = 0
                for row in _rows(connection, table):
                    out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                    counts[table.name] += 1
    files = 0
    for path in sorted(folder().rglob("*")):
        if path.is_file():
            archive.write(path, f"files/{path.relative_to(folder()).as_posix()}")
            files += 1
    revision = schema.revisions()[0]
    archive.writestr("manifest.json", json.dumps({"revision": revision, "tables": counts}))
    return sum(counts.values()), files


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Yield rows by key: of ballots that is a random order, as it must be."""
    rows = connection.execution_options(yield_per=_BATCH).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    for row in rows.mappings():
        yield {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, Method):
        return value.name
    return value.isoformat() if isinstance(value, date) else value


def _make_room(revision: str, *, force: bool) -> None:
    """Leave an empty database at the newest migration, or refuse."""
    here, newest = schema.revisions()
    if revision != newest:
        raise click.ClickException(
            f"The backup is at migration {revision} and this version at {newest}: "
            "restore it with the version that made it, then upgrade."
        )
    if here is not None:
        schema.require_current()
        with db.engine.connect() as connection:
            full = [t.name for t in db.metadata.sorted_tables if _any(connection, t)]
        if full and not force:
            raise click.ClickException(
                f"The database holds rows already (in {', '.join(full[:3])} ...). "
                "To overwrite them: --force"
            )
        if full:
            downgrade(revision="base")
    migrations.upgrade()


def _any(connection: Connection, table: Table) -> bool:
    return bool(
        connection.scalar(select(func.count()).select_from(select(table).limit(1).subquery()))
    )


def _check(archive: zipfile.ZipFile, counts: dict[str, int]) -> None:
    """Read the backup to its end before anything is overwritten.

    Raises:
        ValueError: a table is missing or has another number of rows.
        KeyError: a row lacks a column.
    """
    if broken := archive.testzip():
        raise ValueError(f"{broken} is damaged")
    for table in db.metadata.sorted_tables:
        count = sum(1 for _row in _lines(archive, table))
        if count != counts[table.name]:
            raise ValueError(f"{table.name} has {count} rows of {counts[table.name]}")


def _load(archive: zipfile.ZipFile) -> int:
    token = restoring.set(True)
    try:
        return _load_rows(archive)
    finally:
        restoring.reset(token)


def _load_rows(archive: zipfile.ZipFile) -> int:
    tables = db.metadata.sorted_tables
    total = 0
    with db.engine.begin() as connection, db_triggers.asleep(connection):
        with click.progressbar(tables, label="Restoring") as bar:
            for table in bar:
                total += _fill(connection, table, _lines(archive, table))
        for table in tables:
            _knit(connection, table, _lines(archive, table))
        _continue_numbering(connection, tables)
    return total


def _lines(archive: zipfile.ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    with archive.open(f"tables/{table.name}.jsonl") as lines:
        for line in io.TextIOWrapper(lines, "utf-8"):
            row = json.loads(line)
            yield {c.name: _value(c, row[c.name]) for c in table.columns}


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UTCDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, PossibleDate) else value


def _late(table: Table) -> list[str]:
    """Return the columns that point at a table filled after this one."""
    order = [t.name for t in db.metadata.sorted_tables]
    here = order.index(table.name)
    return [c.name for c in table.columns for k in c.foreign_keys if _place(order, k) > here]


def _place(order: list[str], key: ForeignKey) -> int:
    return order.index(key.column.table.name)


def _fill(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> int:
    late, count = dict.fromkeys(_late(table)), 0
    for batch in _parents_first(table, rows):
        connection.execute(insert(table), [row | late for row in batch])
        count += len(batch)
    return count


def _parents_first(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield rows in turns: none points at another of its own table that has not come before."""
    own = [c.name for c in table.columns for k in c.foreign_keys if k.column.table is table]
    if not own:
        yield from _chunks(rows)
        return
    [key] = table.primary_key.columns
    there: set[Any] = {None}
    waiting = list(rows)
    while waiting:
        ready = [
            row
            for row in waiting
            if all(row[name] in there or row[name] == row[key.name] for name in own)
        ]
        if not ready:
            raise ValueError(f"rows of {table.name} point at one another")
        yield from _chunks(ready)
        there |= {row[key.name] for row in ready}
        waiting = [row for row in waiting if row[key.name] not in there]


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while chunk := list(islice(left, _BATCH)):
        yield chunk


def _knit(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Write the keys that had to wait until every row was there."""
    late = _late(table)
    if not late:
        return
    [key] = table.primary_key.columns
    for row in rows:
        values = {name: row[name] for name in late if row[name] is not None}
        if values:
            connection.execute(update(table).where(key == row[key.name]).values(values))


def _continue_numbering(connection: Connection, tables: Iterable[Table]) -> None:
    """Let PostgreSQL's sequences go on after the highest key brought back."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        key = table.autoincrement_column
        if key is not None and not key.foreign_keys:
            highest = connection.scalar(select(func.max(key)))
            if highest is not None:
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:t, :c), :n)"),
                    {"t": f'"{table.name}"', "c": key.name, "n": highest},
                )


def _load_files(archive: zipfile.ZipFile) -> int:
    names = [n for n in archive.namelist() if n.startswith("files/") and not n.endswith("/")]
    for name in names:
        target = (folder() / name.removeprefix("files/")).resolve()
        if not target.is_relative_to(folder().resolve()):
            raise ValueError(f"a file outside its folder: {name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(archive.read(name))
        Path(part).replace(target)
    return len(names)


COMMANDS = (backup, restore)
