"""Days that can be: of this century, and what is written, at most thirty years ahead."""

from datetime import UTC, date, datetime

import pytest

from labapp.domain.possible_days import is_possible

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("when", "stored", "written"),
    [
        (date(1990, 1, 1), False, False),
        (date(1999, 12, 31), False, False),
        (date(2000, 1, 1), True, True),
        (date(2056, 12, 31), True, True),
        (date(2057, 1, 1), True, False),
        (date(2099, 12, 31), True, False),
        (date(2100, 1, 1), False, False),
        (date(2126, 3, 2), False, False),
        (date.min, False, False),
        (date.max, False, False),
        # In Panama it is five hours earlier.
        (datetime(2000, 1, 1, 4, 59, tzinfo=UTC), False, False),
        (datetime(2000, 1, 1, 5, 0, tzinfo=UTC), True, True),
        (datetime(2100, 1, 1, 4, 59, tzinfo=UTC), True, False),
        (datetime(2100, 1, 1, 5, 0, tzinfo=UTC), False, False),
        (datetime.max.replace(tzinfo=UTC), False, False),
    ],
    ids=str,
)
def test_a_day_that_cannot_be_is_neither_stored_nor_written(
    when: date | datetime, stored: bool, written: bool
) -> None:
    assert is_possible(when) is stored
    assert is_possible(when, TODAY) is written


def test_the_last_day_of_february_has_its_thirty_years() -> None:
    assert is_possible(date(2058, 2, 28), date(2028, 2, 29))
