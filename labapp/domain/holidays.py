"""The national holidays of Panama, worked out for any year from 2022 on.

Sources: Código de Trabajo (1971), art. 46 and 47; Ley 55 of 2001 for 5 November. The tests hold it
to the library ``holidays``, which loads every country of the world to answer for one.
"""

from datetime import date, timedelta

#: Month and day; one that falls on a Sunday closes the Monday after too (art. 47).
_FIXED = (
    *((1, 1), (1, 9), (5, 1)),
    *((11, 3), (11, 5), (11, 10), (11, 28)),
    *((12, 8), (12, 20), (12, 25)),
)
_SUNDAY = 6


def of(year: int) -> frozenset[date]:
    """Return the closed days of a year, from 2022 on."""
    fixed = [date(year, month, day) for month, day in _FIXED]
    bridges = [day + timedelta(days=1) for day in fixed if day.weekday() == _SUNDAY]
    easter = _easter(year)
    carnival, good_friday = easter - timedelta(days=47), easter - timedelta(days=2)
    # A president takes office in 2024 and each five years; art. 46 closes the day.
    takes_office = [date(year, 7, 1)] if year % 5 == 4 else []
    return frozenset({*fixed, *bridges, carnival, good_friday, *takes_office})


def _easter(year: int) -> date:
    """Return Easter Sunday (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
