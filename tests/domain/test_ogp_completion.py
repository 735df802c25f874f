"""What each completion value needs, and in whose hands a review has been."""

from datetime import date, timedelta

import pytest

from labapp.domain.errors import Blocked
from labapp.domain.ogp_completion import IRM, Backing, OgpCompletion, require_backed
from labapp.domain.review_clock import ReviewDays, days_held, extended_due

D = date(2026, 8, 14)
BEARING = [value for value in OgpCompletion if value.needs_evidence]


def _day(offset: int) -> date:
    return D + timedelta(days=offset)


@pytest.mark.parametrize("value", BEARING)
def test_a_value_that_says_something_was_done_needs_evidence(value: OgpCompletion) -> None:
    with pytest.raises(Blocked, match="there is none"):
        require_backed(value, Backing())


@pytest.mark.parametrize("value", BEARING)
def test_evidence_of_the_executor_alone_is_not_enough(value: OgpCompletion) -> None:
    with pytest.raises(Blocked, match="entity's own"):
        require_backed(value, Backing(public=3, backed=0))
    require_backed(value, Backing(public=3, backed=1))


@pytest.mark.parametrize("value", sorted(set(OgpCompletion) - set(BEARING)))
def test_no_evidence_and_not_started_need_none(value: OgpCompletion) -> None:
    require_backed(value, Backing())


@pytest.mark.parametrize("value", [*OgpCompletion, *IRM])
def test_every_value_has_its_words(value: OgpCompletion | IRM) -> None:
    assert value.label


def test_the_clock_of_one_side_stops_while_the_other_holds_it() -> None:
    turns = [(_day(-6), None)]

    assert days_held(_day(-14), turns, D) == ReviewDays(antai=8, lab=6)


def test_an_answer_starts_the_other_clock_again() -> None:
    turns = [(_day(-10), _day(-5)), (_day(-2), _day(-1))]

    assert days_held(_day(-20), turns, D) == ReviewDays(antai=14, lab=6)


def test_a_review_is_due_later_by_the_days_in_the_labs_hands() -> None:
    assert extended_due(_day(3), _day(-6), D) == _day(9)
