"""The national holidays of Panama."""

from datetime import date

import pytest
from holidays import country_holidays

from labapp.domain import holidays


@pytest.mark.parametrize("year", range(2022, 2060))
def test_the_holidays_are_those_that_another_program_finds(year: int) -> None:
    # It lists by hand the days on which a president takes office, and ends its list in 2024.
    takes_office = {date(year, 7, 1)} if year % 5 == 4 else set()

    assert holidays.of(year) == {*country_holidays("PA", years=year)} | takes_office


def test_a_holiday_on_a_sunday_closes_the_monday_too() -> None:
    assert {date(2024, 11, 3), date(2024, 11, 4)} <= holidays.of(2024)
