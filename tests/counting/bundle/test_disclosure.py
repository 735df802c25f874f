"""No set of published numbers lets anybody work out a channel of fewer than five."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labapp.counting.bundle.disclosure import (
    SMALL,
    Disclosure,
    disclose,
    less_spoilt,
    spoilt_to_tell,
    with_hands,
)

CHANNELS = ("account", "card", "paper", "hands")
Row = tuple[int, ...]
COUNTS = st.one_of(st.integers(0, 8), st.integers(0, 400))


def published(turnout: dict[str, int], found: Disclosure) -> set[Row]:
    """Return every sum that is published, as the channels it adds."""
    sums = {_row(group.split("+")) for group in found.groups}
    sums |= {_row(CHANNELS), _row(["hands"])}
    if found.codes:
        sums.add(_row(["account", "card"]))
    unused = {_row([channel]) for channel in turnout if not turnout[channel]}
    return sums | unused


@given(st.fixed_dictionaries(dict.fromkeys(CHANNELS, COUNTS)))
def test_no_sum_or_difference_of_what_is_published_gives_fewer_than_five(
    turnout: dict[str, int],
) -> None:
    found = disclose(turnout)
    known = published(turnout, found)

    assert sum(found.groups.values()) == sum(turnout.values())
    secret = [channel for channel in CHANNELS[:3] if turnout[channel]]
    for size in range(1, len(secret)):
        for some in combinations(secret, size):
            if sum(turnout[channel] for channel in some) < SMALL:
                assert not _follows(_row(some), known), some


@given(st.fixed_dictionaries(dict.fromkeys(CHANNELS, COUNTS)))
def test_fewer_than_five_beside_a_show_of_hands_are_told_as_one_with_it(
    turnout: dict[str, int],
) -> None:
    secret = sum(turnout[channel] for channel in CHANNELS[:3])
    found = disclose(turnout)

    alone = "hands" in found.groups
    assert alone is not (0 < secret < SMALL and turnout["hands"] > 0)
    if not alone:
        assert max(found.groups.values()) == sum(turnout.values())
        assert not found.codes


@given(
    st.dictionaries(st.sampled_from(["", "1", "1 2", "3"]), st.integers(1, 2), max_size=3),
    st.integers(1, 30),
    st.data(),
)
def test_a_heap_of_ballots_and_hands_has_the_totals_of_both(
    ballots: dict[str, int], people: int, data: st.DataObject
) -> None:
    votes = {n: data.draw(st.integers(0, people)) for n in (1, 2, 3)}
    heap = with_hands(ballots, people, votes)

    assert sum(heap.values()) == sum(ballots.values()) + people
    for n in (1, 2, 3):
        marked = sum(count for text, count in ballots.items() if str(n) in text.split())
        assert sum(c for text, c in heap.items() if str(n) in text.split()) == marked + votes[n]
    for text in heap:
        assert len(set(text.split())) == len(text.split())


@pytest.mark.parametrize(
    ("counts", "groups", "codes"),
    [
        ((9, 14, 24, 0), {"account": 9, "card": 14, "paper": 24, "hands": 0}, True),
        ((9, 3, 24, 0), {"account+card": 12, "paper": 24, "hands": 0}, True),
        ((3, 0, 24, 0), {"account+paper": 27, "card": 0, "hands": 0}, False),
        ((9, 14, 3, 30), {"account+card+paper": 26, "hands": 30}, False),
        ((1, 0, 0, 7), {"account+hands": 8, "card": 0, "paper": 0}, False),
        ((1, 2, 0, 40), {"account+card+hands": 43, "paper": 0}, False),
        ((3, 0, 0, 0), {"account": 3, "card": 0, "paper": 0, "hands": 0}, True),
    ],
)
def test_a_small_channel_is_joined_with_the_one_that_the_codes_do_not_tell_apart(
    counts: tuple[int, ...], groups: dict[str, int], codes: bool
) -> None:
    assert disclose(dict(zip(CHANNELS, counts, strict=True))) == Disclosure(groups, codes)


@given(
    st.fixed_dictionaries(dict.fromkeys(CHANNELS, COUNTS)), st.integers(0, 5), st.integers(0, 60)
)
def test_spoilt_papers_are_told_only_with_their_channel_or_where_the_minimum_hangs_on_them(
    turnout: dict[str, int], spoilt: int, needed: int
) -> None:
    turnout["paper"] += spoilt
    found = spoilt_to_tell(turnout, spoilt, needed=needed)
    voters, groups = sum(turnout.values()), disclose(turnout).groups

    if found is None:
        left = less_spoilt(groups, spoilt)
        assert "paper" not in groups
        assert sum(left.values()) == voters - spoilt
        assert min(left.values()) >= 0
        assert (voters >= needed) is (voters - spoilt >= needed)
    else:
        assert found == spoilt
        assert "paper" in groups or voters >= needed > voters - spoilt


def _row(channels: Iterable[str]) -> Row:
    return tuple(int(channel in channels) for channel in CHANNELS)


def _follows(wanted: Row, known: set[Row]) -> bool:
    """Tell whether a sum is a combination of those known."""
    return _rank([*known, wanted]) == _rank(list(known))


def _rank(rows: list[Row]) -> int:
    left = [[Fraction(number) for number in row] for row in rows]
    rank = 0
    for column in range(len(CHANNELS)):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left = [
            [a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)]
            for row in left
        ]
        rank += 1
    return rank
