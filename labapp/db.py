"""The database handle, the declarative base, and the column types shared by all rooms."""

import secrets
import sqlite3
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, Enum, MetaData, String, Text, event
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

View = TypeVar("View", bound=Callable[..., object])

#: False while a request that may not write is served: SQLite then takes no write lock.
writing: ContextVar[bool] = ContextVar("writing", default=True)


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. Naive values are refused on the way in; UTC is restored on the way out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Store as naive UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Restore the UTC mark."""
        return None if value is None else value.replace(tzinfo=UTC)


Key = Annotated[int, mapped_column(primary_key=True)]
#: A key that says nothing of order or time.
RandomKey = Annotated[
    str, mapped_column(String(32), primary_key=True, default=lambda: secrets.token_hex(16))
]
Title = Annotated[str, mapped_column(String(140))]
#: A name, an office, a place said in one line.
Line = Annotated[str, mapped_column(String(200))]
Slug = Annotated[str, mapped_column(String(60), unique=True)]
Prose = Annotated[str, mapped_column(Text)]

#: A StrEnum is stored as its value, in a VARCHAR; adding a member needs no migration.
_WORD = Enum(
    StrEnum,
    native_enum=False,
    length=32,
    validate_strings=True,
    values_callable=lambda words: [word.value for word in words],
)


class Base(DeclarativeBase):
    """Base of every model. Rooms subclass this, not ``db.Model``, so mypy can follow it."""

    # On the registry, because Flask-SQLAlchemy 3.1 refuses a type_annotation_map on the base.
    registry = registry(
        metadata=MetaData(naming_convention=_NAMES),
        type_annotation_map={datetime: UTCDateTime, StrEnum: _WORD},
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def utcnow() -> datetime:
    """Return the present instant. Called at the edges only; services receive it."""
    return datetime.now(UTC)


def reads_first(view: View) -> View:
    """Mark a view that only reads until it calls ``write``, though its method is unsafe.

    SQLite lets one write at a time: whoever asks who it is before it takes the lock keeps the
    others waiting for less.
    """
    view.reads_first = True  # type: ignore[attr-defined]  # read where a request begins
    return view


def write() -> None:
    """End what was read, whose objects stay as they were read, and write from here on."""
    db.session.close()
    writing.set(True)


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    """Set each SQLite connection up: no implicit transactions, foreign keys, durable WAL."""
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in (
            "busy_timeout=15000",
            "foreign_keys=ON",
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Open SQLite transactions ourselves: a deferred read that then writes fails at once."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")
