"""A row of a plain list: where it leads, what it is called, and a line of detail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; ``late`` is said in the detail too, never by colour alone."""

    url: str
    text: str
    detail: str = ""
    late: bool = False
