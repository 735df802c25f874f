"""Counting the SQL statements that a page runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

#: Openings and ends of transactions are not statements of a page.
_FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SET ", "PRAGMA")


class Statements:
    """What was run."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    @property
    def count(self) -> int:
        """How many statements."""
        return len(self.texts)


@contextmanager
def counted(engine: Engine) -> Iterator[Statements]:
    """Collect each statement sent through ``engine``."""
    run = Statements()

    def heard(_c: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        if not text.lstrip().upper().startswith(_FRAME):
            run.texts.append(text)

    event.listen(engine, "before_cursor_execute", heard)
    try:
        yield run
    finally:
        event.remove(engine, "before_cursor_execute", heard)
