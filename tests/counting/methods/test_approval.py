"""Counting approvals: known cases, and what holds of every count."""

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labapp.counting.lot import Lot, draw
from labapp.counting.methods.additive import Sum, first, levels
from labapp.counting.methods.approval import approval

#: San Martín: 47 ballots, 131 marks; the second and the third tie.
VOTES = {1: 38, 2: 29, 3: 29, 4: 17, 5: 11, 6: 7}
NAMES = {n: f"Propuesta {n}" for n in range(1, 41)}
PATTERN = st.frozensets(st.integers(1, 6), max_size=3)
URN = st.dictionaries(PATTERN, st.integers(0, 50), max_size=20)
OPTIONS = range(1, 7)


def chosen(tally: Sum[int], seats: int, seed: str = "") -> tuple[int, ...]:
    return first(tally.votes, Lot(NAMES, seed), seats=seats)[0]


def to_draw(tally: Sum[int], seats: int) -> tuple[tuple[int, ...], ...]:
    return tuple(tie.among for tie in first(tally.votes, Lot(NAMES), seats=seats)[1])


def test_each_mark_is_one_vote_and_a_blank_ballot_is_counted() -> None:
    tally = approval([1, 2, 3], {frozenset({1, 2}): 3, frozenset({2}): 1, frozenset(): 2})

    assert tally.votes == {1: 3, 2: 4, 3: 0}
    assert tally.blank == 2
    assert levels(tally.votes) == [(4, [2]), (3, [1]), (0, [3])]


def test_a_tie_among_those_chosen_is_drawn_though_it_decides_only_the_order() -> None:
    tally = approval(list(VOTES), {frozenset({n}): votes for n, votes in VOTES.items()})

    assert to_draw(tally, 3) == ((2, 3),)
    assert to_draw(tally, 2) == ((2, 3),)
    assert to_draw(tally, 1) == ()


def test_a_tie_below_those_chosen_needs_no_draw() -> None:
    tally = approval([1, 2, 3], {frozenset({1}): 5, frozenset({2}): 1, frozenset({3}): 1})

    assert to_draw(tally, 1) == ()


def test_what_nobody_marked_is_neither_drawn_nor_chosen() -> None:
    tally = approval([1, 2, 3], {frozenset({1}): 5})

    assert to_draw(tally, 3) == ()
    assert chosen(tally, 3, "") == (1,)


def test_the_lot_is_what_anybody_computes() -> None:
    assert draw("4821", "Cercar la toma") == sha256(b"4821\nCercar la toma").hexdigest()


def test_a_ballot_with_an_option_not_on_the_paper_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="not on the paper"):
        approval([1, 2], {frozenset({3}): 1})


def test_options_repeated_and_negative_counts_are_our_mistakes() -> None:
    with pytest.raises(ValueError, match="distinct"):
        approval([1, 1], {})
    with pytest.raises(ValueError, match="negative"):
        approval([1], {frozenset({1}): -1})


@given(URN)
def test_votes_are_the_marks_and_no_option_has_more_than_the_ballots(
    urn: dict[frozenset[int], int],
) -> None:
    tally = approval(OPTIONS, urn)

    assert sum(tally.votes.values()) == sum(len(marks) * n for marks, n in urn.items())
    assert all(0 <= votes <= sum(urn.values()) - tally.blank for votes in tally.votes.values())
    assert Counter(o for _, group in levels(tally.votes) for o in group) == Counter(OPTIONS)


@given(URN, st.text(max_size=8), st.integers(1, 6))
def test_the_order_of_the_paper_decides_nothing(
    urn: dict[frozenset[int], int], seed: str, seats: int
) -> None:
    one = chosen(approval(OPTIONS, urn), seats, seed)
    other = chosen(approval(list(OPTIONS)[::-1], urn), seats, seed)

    assert one == other


@given(URN, st.text(max_size=8))
def test_more_votes_always_come_first_whatever_the_lot(
    urn: dict[frozenset[int], int], seed: str
) -> None:
    tally = approval(OPTIONS, urn)

    placed = [tally.votes[option] for option in chosen(tally, len(OPTIONS), seed)]

    assert placed == sorted(placed, reverse=True)


@given(URN, st.text(max_size=8), st.text(max_size=8), st.integers(1, 6))
def test_the_lot_changes_nothing_where_no_draw_was_asked(
    urn: dict[frozenset[int], int], seed: str, other: str, seats: int
) -> None:
    tally = approval(OPTIONS, urn)

    if not to_draw(tally, seats):
        assert chosen(tally, seats, seed) == chosen(tally, seats, other)


@given(URN, PATTERN, st.integers(1, 6))
def test_one_more_ballot_never_harms_whom_it_marks(
    urn: dict[frozenset[int], int], ballot: frozenset[int], seats: int
) -> None:
    before = approval(OPTIONS, urn)
    after = approval(OPTIONS, urn | {ballot: urn.get(ballot, 0) + 1})

    kept = set(chosen(before, seats, "x")) & ballot
    assert kept <= set(chosen(after, seats, "x"))
