"""What the entity says and what was seen: two numbers that never merge."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labapp.domain import progress
from labapp.domain.progress import Look

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


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


def _look(key: int, who: int, *, day: int = 0, hour: int | None = None) -> Look:
    """Return what a neighbour saw on a day, typed by themselves in the order of the keys."""
    noted = NOW + timedelta(hours=key if hour is None else hour)
    return Look(key, False, who, TODAY + timedelta(days=day), noted)


def _visit(key: int, *, day: int = 0, present: int = 5) -> Look:
    return replace(_look(key, 7, day=day), by_committee=True, present=present)


def _typed(key: int, who: int, by: int, *, day: int = 0) -> Look:
    return replace(_look(key, who, day=day), typed_by=by)


def _ids(looks: Iterable[Look]) -> list[int]:
    return [look.id for look in looks]


def test_the_committee_alone_counts_where_there_is_a_work() -> None:
    looks = [_visit(1), _look(2, 8), _visit(3), _look(4, 9)]

    assert _ids(progress.standing(looks, has_work=True)) == [3]


def test_the_visit_made_last_stands_not_the_one_typed_last() -> None:
    looks = [_visit(1, day=9), _visit(2, day=3)]

    assert _ids(progress.standing(looks, has_work=True)) == [1]
    assert _ids(progress.standing([*looks, _visit(3, day=9)], has_work=True)) == [3]


def test_a_visit_of_fewer_than_three_does_not_count() -> None:
    looks = [_visit(1, present=3), _visit(2, day=1, present=2)]

    assert _ids(progress.standing(looks, has_work=True)) == [1]
    assert progress.lacking(looks[1:], has_work=True) == 1


def test_one_neighbour_is_not_enough_even_twice() -> None:
    looks = [_look(1, 8), _look(2, 8)]

    assert progress.standing(looks, has_work=False) == ()
    assert progress.lacking(looks, has_work=False) == 1


def test_the_last_different_neighbours_count_as_many_as_were_agreed() -> None:
    looks = [_look(1, 7), _look(2, 8), _look(3, 9), _look(4, 9)]

    assert _ids(progress.standing(looks, has_work=False)) == [4, 2]
    assert _ids(progress.standing(looks, has_work=False, needed=3)) == [4, 2, 1]
    assert progress.standing(looks, has_work=False, needed=4) == ()


def test_what_is_typed_late_of_an_earlier_day_does_not_undo_what_was_seen_later() -> None:
    looks = [_look(1, 8, day=5), _look(2, 9, day=5), _typed(3, 8, by=4, day=1), _look(4, 6, day=2)]

    assert _ids(progress.standing(looks, has_work=False)) == [2, 1]


def test_what_one_hand_typed_for_many_counts_as_one() -> None:
    looks = [_typed(1, 11, by=5), _typed(2, 12, by=5), _look(3, 5)]

    assert progress.standing(looks, has_work=False) == ()
    assert progress.lacking(looks, has_work=False) == 1


def test_a_second_person_makes_of_what_was_typed_another_voice() -> None:
    looks = [replace(_typed(1, 11, by=5), attested_by=6), _look(2, 5)]

    assert _ids(progress.standing(looks, has_work=False)) == [2, 1]


def test_nobody_is_two_by_what_they_confirm_of_others() -> None:
    first, second = _typed(1, 11, by=5), _typed(2, 12, by=5)
    both = [replace(look, by_independent=False, attested_by=6) for look in (first, second)]

    assert progress.standing(both, has_work=False) == ()
    assert progress.standing([both[0], _look(3, 6)], has_work=False) == ()


def test_what_a_dependent_hand_typed_counts_only_once_it_is_attested() -> None:
    typed = replace(_typed(1, 11, by=5), by_independent=False)

    assert progress.standing([typed, _look(2, 6)], has_work=False) == ()
    attested = replace(typed, attested_by=7)
    assert _ids(progress.standing([attested, _look(2, 6)], has_work=False)) == [2, 1]


def test_ones_own_word_stands_before_what_another_wrote() -> None:
    looks = [_look(1, 8), _look(2, 9), _typed(3, 8, by=4, day=2)]

    assert _ids(progress.standing(looks, has_work=False)) == [2, 1]


def test_nothing_counts_while_no_evidence_stands() -> None:
    looks = (_look(2, 9), _look(1, 8))
    seen = progress.Sight(looks, is_shown=False, answers={1: True})

    assert (seen.percent, seen.is_done, seen.is_counted) == (0, False, False)
    assert replace(seen, is_shown=True).is_done
    assert not seen.disputes(100), "all of them saw it: only evidence is lacking"
    assert replace(seen, answers={1: False}).disputes(10)


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
