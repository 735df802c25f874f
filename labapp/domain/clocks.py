"""Three clocks: calendar days, working days, hours. Days are dates in Panama; instants are UTC."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

_SATURDAY = 5


def calendar_due(start: date, days: int) -> date:
    """Return the last day of a term of ``days`` calendar days that starts after ``start``."""
    return start + timedelta(days=days)


def working_due(start: date, days: int, closed: Collection[date]) -> date:
    """Return the last day of a term of ``days`` working days that starts after ``start``.

    Args:
        start: the day of the act; it does not count.
        days: working days, >= 0.
        closed: holidays and decreed closures; Saturdays and Sundays are skipped anyway.

    Source: Ley 38 de 2000 counts terms of days in working days unless a special rule says
    otherwise (secondary source).
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in closed:
            days -= 1
    return day


def hours_due(start: datetime, hours: int) -> datetime:
    """Return the instant ``hours`` after ``start``; nights and weekends count."""
    return start + timedelta(hours=hours)


def is_said_in_time(due: date, met: date | None, noted: date | None) -> bool:
    """Tell whether something is said to be done by its day, and was written down after it."""
    return met is not None and noted is not None and met <= due < noted


def days_late(due: date, today: date, met: date | None = None, noted: date | None = None) -> int:
    """Return by how many days a term was or is missed; 0 when in time.

    Args:
        due: the last day.
        today: the day in Panama; counts while nothing ended the term.
        met: the day on which it was done, or is owed no longer.
        noted: the day on which that was written down. What is said to be done in time and was
            written down once everybody had read that it is late was late by that day.
    """
    by_what_is_said = max(0, ((met or today) - due).days)
    return by_what_is_said or max(0, ((noted or met or today) - due).days)
