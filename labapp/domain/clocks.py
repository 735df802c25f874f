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


def days_late(due: date, today: date, met: date | None = None) -> int:
    """Return by how many days a term was or is missed; 0 when in time."""
    return max(0, ((met or today) - due).days)
