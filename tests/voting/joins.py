"""Every way we know to join the rows of two tables of the box: by value, by order, by the disk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import text

from labapp.db import db

#: What a way of joining says: this of the one table goes with that of the other.
Pairs = set[tuple[Any, Any]]
TABLES = {"turnout": "person_id", "ballot": "marks", "receipt": "code"}
WITH_CARDS = {**TABLES, "card": "serial"}
_HIDDEN = {"sqlite": (), "postgresql": ("xmin", "xmax", "cmin", "ctid", "tableoid")}


@dataclass(frozen=True)
class Truth:
    """What one voter did: known to the test and to nobody else."""

    turnout: int
    ballot: str
    receipt: str
    #: The serial of the card they held; 0 if none.
    card: int = 0


def guesses(tables: Iterable[str] = TABLES) -> Iterator[tuple[str, Pairs]]:
    """Yield each way to join two tables: its name and the pairs that it gives."""
    rows = {table: list(_rows(table)) for table in tables}
    for one, other in combinations(rows, 2):
        for mine in rows[one][0]:
            for theirs in rows[other][0]:
                name = f"{one}.{mine} = {other}.{theirs}"
                yield name, _by_value(one, other, rows, mine, theirs)
                yield f"order of {name}", _by_order(one, other, rows, mine, theirs)


def right(pairs: Pairs, name: str, truth: list[Truth]) -> int:
    """Count the pairs that are true."""
    one, other = (part.split(".")[0] for part in name.removeprefix("order of ").split(" = "))
    true = {(getattr(voter, one), getattr(voter, other)) for voter in truth}
    return len(true & pairs)


def on_disk() -> bytes:
    """Return all that SQLite keeps: the file and its journal."""
    file = Path(str(db.engine.url.database))
    journal = file.with_name(file.name + "-wal")
    return file.read_bytes() + (journal.read_bytes() if journal.exists() else b"")


def keys(tables: Iterable[str] = ("turnout", "ballot")) -> list[str]:
    """Return the random keys of turnout and ballots."""
    found = [db.session.scalars(text(f"SELECT id FROM {t}")).all() for t in tables]  # noqa: S608
    db.session.rollback()
    return [str(key) for part in found for key in part]


def _rows(table: str) -> Iterator[dict[str, Any]]:
    """Yield the rows as they lie, each with all that the database knows of it."""
    engine = db.engine.dialect.name
    hidden = "".join(f", {name}::text AS {name}" for name in _HIDDEN[engine])
    disk = on_disk() if engine == "sqlite" else b""
    found = db.session.execute(text(f"SELECT *{hidden} FROM {table}")).mappings().all()  # noqa: S608
    db.session.rollback()
    for place, row in enumerate(found):
        known = {name: _comparable(value) for name, value in row.items()}
        known["place"] = place
        if disk:
            key = str(row["code" if table == "receipt" else "id"]).encode()
            known |= {"first": disk.find(key), "last": disk.rfind(key)}
        yield known


def _comparable(value: Any) -> Any:
    """Return numbers, and ``(page,line)`` of PostgreSQL, as what sorts by size."""
    words = str(value).strip("()").split(",")
    return tuple(map(int, words)) if all(word.isdigit() for word in words) else str(value)


def _said(table: str, row: dict[str, Any]) -> Any:
    """Return what the row says, as ``Truth`` has it."""
    value = row[WITH_CARDS[table]]
    if table in ("turnout", "card"):
        return value[0]
    return " ".join(map(str, value)) if isinstance(value, tuple) else value


def _by_value(
    one: str, other: str, rows: dict[str, list[dict[str, Any]]], mine: str, theirs: str
) -> Pairs:
    """Join where the values are equal and single."""
    pairs: Pairs = set()
    for row in rows[one]:
        equal = [line for line in rows[other] if line[theirs] == row[mine]]
        if len(equal) == 1:
            pairs.add((_said(one, row), _said(other, equal[0])))
    return pairs


def _by_order(
    one: str, other: str, rows: dict[str, list[dict[str, Any]]], mine: str, theirs: str
) -> Pairs:
    """Join the first with the first, the second with the second."""
    left = sorted(rows[one], key=lambda row: _sortable(row[mine]))
    right_side = sorted(rows[other], key=lambda row: _sortable(row[theirs]))
    return {
        (_said(one, row), _said(other, line)) for row, line in zip(left, right_side, strict=True)
    }


def _sortable(value: Any) -> tuple[int, Any]:
    return (0, value) if isinstance(value, tuple) else (1, str(value).zfill(20))
