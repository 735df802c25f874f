"""The days on which offices are closed."""

from datetime import date

from labapp.domain.clocks import working_due
from labapp.domain.closed_days import closed_days


def test_november_has_its_four_national_days() -> None:
    days = {day for day in closed_days(date(2026, 11, 1)) if (day.year, day.month) == (2026, 11)}

    assert days >= {date(2026, 11, d) for d in (3, 5, 10, 28)}


def test_a_term_skips_holidays_weekends_and_decreed_closures() -> None:
    monday = date(2026, 11, 2)
    days = closed_days(monday, ["2026-11-06"])

    assert working_due(monday, 3, days) == date(2026, 11, 11)


def test_a_term_that_crosses_the_year_knows_the_next_ones_holidays() -> None:
    assert date(2027, 1, 1) in closed_days(date(2026, 12, 30))
