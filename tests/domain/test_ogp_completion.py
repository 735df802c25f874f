"""What each completion value needs, and in whose hands a review has been."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labapp.domain.errors import Blocked
from labapp.domain.ogp_completion import (
    IRM,
    BackedStep,
    OgpCompletion,
    highest,
    require_backed,
)
from labapp.domain.review_clock import ReviewDays, days_held, extended_due

D = date(2026, 8, 14)
BEARING = [value for value in OgpCompletion if value.needs_evidence]


def _day(offset: int) -> date:
    return D + timedelta(days=offset)


def _step(
    agreement: int, position: int, *, weight: int = 10, seen: int = 100, public: bool = True
) -> BackedStep:
    return BackedStep(agreement, position, weight, seen, public)


@pytest.mark.parametrize("value", BEARING)
def test_where_nothing_was_agreed_nothing_can_be_complete(value: OgpCompletion) -> None:
    with pytest.raises(Blocked, match="No agreement"):
        require_backed(value, [])


@pytest.mark.parametrize("value", BEARING)
def test_a_look_that_says_no_supports_no_value(value: OgpCompletion) -> None:
    with pytest.raises(Blocked, match=r"1\.1, 1\.2"):
        require_backed(value, [_step(1, 1, seen=0), _step(1, 2, seen=0)])


@pytest.mark.parametrize("value", BEARING)
def test_what_was_seen_and_not_shown_to_the_public_supports_no_value(value: OgpCompletion) -> None:
    with pytest.raises(Blocked, match=r"public evidence[^:]*: 2\.1\."):
        require_backed(value, [_step(2, 1, public=False)])


def test_complete_claims_every_step_of_every_agreement() -> None:
    steps = [_step(1, 1), _step(1, 2), _step(2, 1)]
    require_backed(OgpCompletion.COMPLETE, steps)

    short = [_step(1, 1), _step(1, 2, seen=66), _step(2, 1, public=False)]
    with pytest.raises(Blocked) as refused:
        require_backed(OgpCompletion.COMPLETE, short)

    assert refused.value.values == {"unshown": "2.1", "unseen": "1.2"}


def test_substantial_claims_half_by_weight_and_limited_one_yes() -> None:
    half = [_step(1, 1, weight=30), _step(1, 2, weight=30, seen=0)]
    less = [_step(1, 1, weight=29), _step(1, 2, weight=30, seen=99)]

    assert highest(half) is OgpCompletion.SUBSTANTIAL
    assert highest(less) is OgpCompletion.LIMITED
    assert highest([_step(1, 1, seen=5)]) is OgpCompletion.LIMITED
    assert highest([_step(1, 1, seen=0)]) is None
    with pytest.raises(Blocked, match="half"):
        require_backed(OgpCompletion.SUBSTANTIAL, less)


def test_a_small_agreement_weighs_as_much_as_a_great_one() -> None:
    steps = [_step(1, n, weight=100, seen=0) for n in (1, 2, 3)] + [_step(2, 1, weight=1)]

    assert highest(steps) is OgpCompletion.SUBSTANTIAL


_STEPS = st.lists(
    st.builds(
        BackedStep,
        st.integers(1, 3),
        st.integers(1, 3),
        st.integers(1, 50),
        st.sampled_from((0, 33, 66, 100)),
        st.booleans(),
    ),
    max_size=6,
)


@given(_STEPS, st.sampled_from(OgpCompletion))
def test_each_value_is_taken_where_all_that_it_claims_was_seen_and_nowhere_else(
    steps: list[BackedStep], value: OgpCompletion
) -> None:
    done = [step.seen == 100 and step.is_public for step in steps]
    claims = {
        OgpCompletion.COMPLETE: bool(steps) and all(done),
        OgpCompletion.SUBSTANTIAL: any(done),
        OgpCompletion.LIMITED: any(step.seen and step.is_public for step in steps),
    }
    try:
        require_backed(value, steps)
    except Blocked:
        taken = False
    else:
        taken = True

    if value is OgpCompletion.SUBSTANTIAL:
        assert not taken or claims[value]
    else:
        assert taken is claims.get(value, True)
    assert taken or value.needs_evidence


@pytest.mark.parametrize("value", sorted(set(OgpCompletion) - set(BEARING)))
def test_no_evidence_and_not_started_need_none(value: OgpCompletion) -> None:
    require_backed(value, [])


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
