"""One page of a list, found by the key where the last one ended: every page costs the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

Item = TypeVar("Item")
Key = TypeVar("Key")
Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])

#: Rows a page.
PAGE = 25
#: Rows to ask for: one more than are shown tells that others follow.
ENOUGH = PAGE + 1


@dataclass(frozen=True, slots=True)
class Page(Generic[Item, Key]):
    """One page of a list.

    Attributes:
        rows: what it shows, in the order of the list.
        next: the key after which the next page goes on, or None where the list ends.
        previous: the key before which the page before ends, in a list that goes both ways.
    """

    rows: Sequence[Item]
    next: Key | None
    previous: Key | None = None

    @property
    def next_url(self) -> str | None:
        """Where the next page is, from the address of this one."""
        return f"?after={self.next}" if self.next else None


def newest_first(query: Query, key: InstrumentedAttribute[Any], before: int | None) -> Query:
    """Narrow a query to the rows of one page below a key, the highest first.

    Args:
        query: the whole list, in no order.
        key: the column that orders it; no two rows share a key.
        before: the key that the page before ended with, or None for the first page.
    """
    if before is not None:
        query = query.where(key < before)
    return query.order_by(key.desc()).limit(ENOUGH)


def oldest_first(query: Query, key: InstrumentedAttribute[Any], after: int | str | None) -> Query:
    """Narrow a query to the rows of one page above a key, the lowest first.

    Args:
        query: the whole list, in no order.
        key: the column that orders it; no two rows share a key.
        after: the key that the page before ended with, or None for the first page.
    """
    if after is not None:
        query = query.where(key > after)
    return query.order_by(key).limit(ENOUGH)


def page_of(
    found: Sequence[Item], key: Callable[[Item], Key | None], *, size: int = PAGE
) -> Page[Item, Key]:
    """Return the page of the rows found, where one more than a page was asked for.

    Args:
        found: rows in the order of the list.
        key: of a row, what the list is ordered by.
        size: rows a page.
    """
    rows = found[:size]
    return Page(rows, key(rows[-1]) if len(found) > size else None)
