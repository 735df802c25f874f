"""Fold a name inside the database, so that "nunez" finds "Núñez" on both engines."""

import sqlite3
import unicodedata
from typing import Any

from sqlalchemy import Engine, String, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from labapp.domain.folding import fold

#: Latin letters with a mark that fold to one plain letter, and those plain letters.
_MARKED = [c for c in map(chr, range(0xC0, 0x180)) if len(fold(c)) == 1 and fold(c) != c]
_PLAIN = [fold(c) for c in _MARKED]
#: Marks that stand as characters of their own: PostgreSQL drops what has no counterpart.
_LOOSE = [c for c in map(chr, range(0x300, 0x370)) if unicodedata.combining(c)]


class sql_fold(FunctionElement[str]):  # noqa: N801  (a function of SQL)
    """A text as a search compares it."""

    type = String()
    inherit_cache = True


@compiles(sql_fold, "sqlite")
def _on_sqlite(element: sql_fold, compiler: SQLCompiler, **others: Any) -> str:
    return f"fold({compiler.process(element.clauses, **others)})"


@compiles(sql_fold, "postgresql")
def _on_postgresql(element: sql_fold, compiler: SQLCompiler, **others: Any) -> str:
    text = compiler.process(element.clauses, **others)
    return f"lower(translate({text}, '{''.join(_MARKED + _LOOSE)}', '{''.join(_PLAIN)}'))"


@event.listens_for(Engine, "connect")
def _teach_sqlite(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.create_function("fold", 1, fold, deterministic=True)
