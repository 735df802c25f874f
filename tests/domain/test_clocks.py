"""The three clocks: working days, calendar days, hours."""

from datetime import UTC, date, datetime

import pytest

from labapp.domain.clocks import calendar_due, days_late, hours_due, working_due

#: 3, 5, 10 and 28 November 2026, and one decreed closure.
NOVEMBER = {date(2026, 11, day) for day in (3, 5, 10, 28)} | {date(2026, 11, 12)}


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (1, date(2026, 11, 4)),
        (2, date(2026, 11, 6)),
        (3, date(2026, 11, 9)),
        (5, date(2026, 11, 13)),
    ],
)
def test_the_working_clock_skips_holidays_closures_and_weekends(days: int, due: date) -> None:
    assert working_due(date(2026, 11, 2), days, NOVEMBER) == due


def test_the_calendar_clock_counts_every_day() -> None:
    assert calendar_due(date(2026, 11, 2), 30) == date(2026, 12, 2)


def test_the_hour_clock_does_not_stop_at_weekends() -> None:
    friday = datetime(2026, 11, 6, 20, tzinfo=UTC)

    assert hours_due(friday, 72) == datetime(2026, 11, 9, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "met", "late"),
    [
        (date(2026, 3, 1), None, 0),
        (date(2026, 3, 12), None, 2),
        (date(2026, 3, 30), date(2026, 3, 21), 11),
        (date(2026, 3, 30), date(2026, 3, 9), 0),
    ],
)
def test_lateness_stops_on_the_day_it_was_done(today: date, met: date | None, late: int) -> None:
    assert days_late(date(2026, 3, 10), today, met) == late
