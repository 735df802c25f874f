"""What the entity says and what was seen: two numbers that never merge."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labapp.domain import progress
from labapp.domain.progress import Look

TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Step:
    weight: int
    declared: int
    verified: int


SAN_MARTIN = (Step(20, 100, 100), Step(35, 100, 60), Step(25, 0, 0), Step(20, 0, 0))


def test_san_martin_says_55_and_41_was_seen() -> None:
    far = progress.of_steps(SAN_MARTIN, looked=True)

    assert (far.declared, far.verified) == (55, 41)


@pytest.mark.parametrize(
    ("parts", "mean"),
    [((), 0), (((1, 50), (1, 51)), 51), (((1, 33), (1, 33), (1, 34)), 33), (((3, 0), (1, 2)), 1)],
)
def test_a_mean_by_weight_is_rounded_half_up(parts: tuple[tuple[int, int], ...], mean: int) -> None:
    assert progress.mean(parts) == mean


@given(st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 100)), min_size=1))
def test_a_mean_lies_between_its_parts(parts: list[tuple[int, int]]) -> None:
    percents = [percent for _, percent in parts]

    assert min(percents) <= progress.mean(parts) <= max(percents)


def test_three_yes_of_five_is_60_and_two_of_three_is_66() -> None:
    assert progress.percent_answered_yes({1: True, 2: True, 3: False, 4: False, 5: True}) == 60
    assert progress.percent_answered_yes({1: True, 2: True, 3: False}) == 66
    assert progress.percent_answered_yes({}) == 0


def test_the_committee_alone_counts_where_there_is_a_work() -> None:
    looks = [Look(1, True, 7), Look(2, False, 8), Look(3, True, 7), Look(4, False, 9)]

    assert progress.standing(looks, has_work=True) == (Look(3, True, 7),)


def test_one_neighbour_is_not_enough_even_twice() -> None:
    looks = [Look(1, False, 8), Look(2, False, 8)]

    assert progress.standing(looks, has_work=False) == ()


def test_the_last_two_different_neighbours_count() -> None:
    looks = [Look(1, False, 7), Look(2, False, 8), Look(3, False, 9), Look(4, False, 9)]

    assert progress.standing(looks, has_work=False) == (Look(4, False, 9), Look(2, False, 8))


def test_yes_is_what_both_saw() -> None:
    both = progress.together([{1: True, 2: True}, {1: True, 2: False}])

    assert both == {1: True, 2: False}


@pytest.mark.parametrize(
    ("late", "verified", "overdue"),
    [(1, 0, True), (1, 100, False), (1, 60, True), (0, 0, False)],
)
def test_a_step_is_late_whether_or_not_it_is_in_dispute(
    late: int, verified: int, overdue: bool
) -> None:
    due = TODAY - timedelta(days=late)

    assert progress.is_overdue(due, verified, TODAY) is overdue
