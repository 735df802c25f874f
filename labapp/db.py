"""The database handle, the declarative base, and the column types shared by all rooms."""

import fcntl
import os
import secrets
import sqlite3
from contextvars import ContextVar
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    Text,
    event,
)
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from labapp.domain.acts import Act
from labapp.domain.possible_days import ImpossibleDay, is_possible

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

#: False while a request that may not write is served: SQLite then takes no write lock.
writing: ContextVar[bool] = ContextVar("writing", default=True)

#: True while a backup is brought back: a row of before the rule comes back as it was.
restoring: ContextVar[bool] = ContextVar("restoring", default=False)


class Unstorable(ImpossibleDay, DontWrapMixin):
    """A day that cannot be, on its way to a row: the refusal comes out as it is."""


def _require_possible(when: date) -> None:
    if not is_possible(when) and not restoring.get():
        raise Unstorable


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. Naive and impossible ones are refused on the way in; UTC is put back after."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Store as naive UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        _require_possible(value)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Restore the UTC mark."""
        return None if value is None else value.replace(tzinfo=UTC)


class PossibleDate(TypeDecorator[date]):
    """A day. One that cannot be is refused on the way in, by whatever door it comes."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date | None:
        """Store a day that can be."""
        if value is not None:
            _require_possible(value)
        return value


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


def enum_type(words: type[StrEnum], length: int = 32) -> Enum:
    """Return the column type of an enum: its value, in a VARCHAR; a new member needs no migration.

    Args:
        words: the enum.
        length: letters, as the table was made.
    """
    return Enum(
        words,
        native_enum=False,
        length=length,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


class ActValue(TypeDecorator[Act]):
    """The stored value of an act; one that has no row any more can still be read."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Store the value of an act that exists."""
        return None if value is None else str(value if isinstance(value, Act) else Act(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Act | None:
        """Restore the act."""
        return None if value is None else Act.in_record(value)


class Base(DeclarativeBase):
    """Base of every model. Rooms subclass this, not ``db.Model``, so mypy can follow it."""

    # On the registry, because Flask-SQLAlchemy 3.1 refuses a type_annotation_map on the base.
    registry = registry(
        metadata=MetaData(naming_convention=_NAMES),
        type_annotation_map={
            Act: ActValue,
            date: PossibleDate,
            datetime: UTCDateTime,
            StrEnum: enum_type(StrEnum),
        },
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def utcnow() -> datetime:
    """Return the present instant. Called at the edges only; services receive it."""
    return datetime.now(UTC)


class Turns(sqlite3.Connection):
    """A connection that waits its turn to write.

    SQLite lets one write at a time, and whoever waits for it sleeps and looks again, up to a tenth
    of a second later. A lock of the system on a file beside the database wakes the next at once.
    SQLite's own lock still decides: a program that knows nothing of turns breaks nothing.
    """

    _turn: int | None = None

    def take_turn(self) -> None:
        """Wait until no other connection of this site writes."""
        if self._turn is None:
            name = self.execute("PRAGMA database_list").fetchone()[2]
            if not name:
                return
            self._turn = os.open(f"{name}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._turn, fcntl.LOCK_EX)

    def commit(self) -> None:
        """Commit, and let the next one write."""
        try:
            super().commit()
        finally:
            self._pass_on()

    def rollback(self) -> None:
        """Roll back, and let the next one write."""
        try:
            super().rollback()
        finally:
            self._pass_on()

    def close(self) -> None:
        """Close, and give up whatever turn is held."""
        super().close()
        if self._turn is not None:
            os.close(self._turn)
            self._turn = None

    def _pass_on(self) -> None:
        if self._turn is not None and not self.in_transaction:
            fcntl.flock(self._turn, fcntl.LOCK_UN)


@event.listens_for(Engine, "do_connect")
def _take_turns(dialect: Dialect, _record: Any, _given: Any, settings: dict[str, Any]) -> None:
    """Make each SQLite connection one that waits its turn."""
    if dialect.name == "sqlite":
        settings["factory"] = Turns


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
    raw: object = connection.connection.dbapi_connection
    if not isinstance(raw, Turns):
        return
    if writing.get():
        raw.take_turn()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")
