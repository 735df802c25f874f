"""What the act is made of: sections of sentences, pairs, lists and tables."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionTable:
    """Headings and rows, as they are read."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the act: sentences, then pairs of what and its value, a list, a table."""

    title: str
    said: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    items: Sequence[str] = ()
    table: SectionTable | None = None
