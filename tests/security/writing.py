"""Write one text in every column that somebody may have written."""

from collections.abc import Container, Iterable

from sqlalchemy import (
    Column,
    Enum,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    Update,
    cast,
    literal,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement

from labapp.db import Base, db

#: Words the house makes for itself, never a person's: by table and column, or by column alone.
MADE = frozenset(
    {
        "chain", "code", "commitment", "folded", "hash", "head", "lang", "location", "marks",
        "media_type", "need", "once", "parent_code", "password_hash", "place",
        "place_code", "roll_hash", "roll_salt", "seed", "sha256", "slug", "state", "token_hash",
        "attested_by", "descent.why", "duty.what", "entry.before", "entry.after", "chain.name",
        "ballot.id", "card.id", "card.code_hash", "turnout.id", "consultation.channels",
        "consultation.parameters",
    }
)  # fmt: skip

#: Texts that may not be what another of their row is.
APART = frozenset({"reconciliation.second_witness"})


def texts(table: Table) -> list[Column[str]]:
    """Return the columns of a table that hold what people write."""
    return [
        column
        for column in table.columns
        if isinstance(column.type, String)
        and not isinstance(column.type, Enum)
        and not {column.name, f"{table.name}.{column.name}"} & MADE
    ]


def overwrite(
    words: str, *, things: Iterable[int] | None = None, but: Container[str] = ()
) -> set[str]:
    """Write ``words`` in every text of every row of a town on SQLite, behind the house's back.

    Args:
        words: what is written; a text that must be unique, or differ from another of its row,
            gets its row's number after it.
        things: only the rows of these things; None for all.
        but: ``table.column`` of what is left as it is.

    Returns:
        ``table.column`` of each that was written.
    """
    for (name,) in db.session.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'")):
        db.session.execute(text(f'DROP TRIGGER "{name}"'))
    wanted = None if things is None else list(things)
    written = set()
    for table in Base.metadata.sorted_tables:
        where = None if wanted is None else _of(table, wanted)
        if wanted is not None and where is None:
            continue
        unique = {
            column
            for rule in table.constraints
            if isinstance(rule, UniqueConstraint | PrimaryKeyConstraint)
            for column in rule.columns
        }
        for column in texts(table):
            if f"{table.name}.{column.name}" in but:
                continue
            value: ColumnElement[str] = literal(words)
            if column in unique or f"{table.name}.{column.name}" in APART:
                value = value + cast(literal_column("rowid"), String)
            query = update(table).values({column: value}).where(column.is_not(None))
            if _changed(query if where is None else query.where(where), column):
                written.add(f"{table.name}.{column.name}")
    db.session.commit()
    return written


def _changed(query: Update, column: Column[str]) -> bool:
    """Write; where an empty text says that nothing was said, only what was said is written."""
    try:
        done = db.session.execute(query)
    except IntegrityError:
        done = db.session.execute(query.where(column != ""))
    return bool(done.rowcount)  # type: ignore[attr-defined]  # an update counts its rows


def _of(table: Table, things: list[int]) -> ColumnElement[bool] | None:
    """Return which rows of a table are of these things, or None where it holds none."""
    if table.name == "thing":
        return table.c.id.in_(things)
    for column in table.columns:
        for key in column.foreign_keys:
            target = key.column
            if target.name == "id" and target.table.name == "thing":
                return column.in_(things)
            if any(k.column.table.name == "thing" for k in target.foreign_keys):
                return column.in_(select(target).where(target.in_(things)))
    return None
