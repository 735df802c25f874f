"""The days on which offices are closed in Panama: its holidays, and closures decreed besides."""

from collections.abc import Iterable
from datetime import date

from labapp.domain import holidays


def closed_days(since: date, decreed: Iterable[str] = ()) -> frozenset[date]:
    """Return the closed days of the year of ``since`` and the next one.

    Args:
        since: the day a term starts.
        decreed: ISO dates, from the setting CLOSURES.
    """
    national = holidays.of(since.year) | holidays.of(since.year + 1)
    return national | {date.fromisoformat(day) for day in decreed}
