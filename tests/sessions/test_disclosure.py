"""The counts that are published say nothing of anybody."""

from hypothesis import given
from hypothesis import strategies as st

from labapp.sessions.disclosure import SMALLEST, public
from labapp.sessions.models import Sector

COMMUNITY, LOCAL, ENTITY, OTHER = Sector
COUNTS = st.dictionaries(st.sampled_from(Sector), st.integers(0, 60))


def test_three_of_an_entity_are_counted_with_the_others() -> None:
    assert public({COMMUNITY: 31, ENTITY: 3, OTHER: 6}) == {COMMUNITY: 31, OTHER: 9}


def test_five_or_more_stand_apart() -> None:
    counts = {COMMUNITY: 24, LOCAL: 8, ENTITY: 6}

    assert public(counts) == counts


def test_a_group_is_not_found_by_being_alone_among_the_others() -> None:
    assert public({COMMUNITY: 24, LOCAL: 8, ENTITY: 3}) == {COMMUNITY: 24, OTHER: 11}


@given(COUNTS)
def test_nobody_is_lost_and_no_small_group_is_named(counts: dict[Sector, int]) -> None:
    shown = public(counts)

    assert sum(shown.values()) == sum(counts.values())
    assert all(shown.get(s, SMALLEST) >= SMALLEST for s in (LOCAL, ENTITY))
