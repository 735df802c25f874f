"""A row of a plain list: where it leads, what it is called, and a line of detail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
#: Rows a page.
PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; ``late`` is said in the detail too, never by colour alone."""

    url: str
    text: str
    detail: str = ""
    late: bool = False


def page(found: Sequence[Item]) -> tuple[Sequence[Item], bool]:
    """Return the rows to show of those found, one more than a page, and whether more follow."""
    return found[:PAGE], len(found) > PAGE
