"""The draw of lots: in proportion, and the same for whoever draws it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labapp.counting.lot import Lot, draw
from labapp.counting.methods.sortition import sortition
from labapp.counting.outcome import Tie

ROLL = st.dictionaries(st.text(min_size=1, max_size=4), st.sampled_from("NSE"), min_size=1)


def lot(roll: dict[str, str], seed: str = "4821") -> Lot[str]:
    return Lot({person: person for person in roll}, seed)


@given(roll=ROLL, data=st.data())
def test_each_stratum_gets_its_share_and_the_first_lots_win(
    roll: dict[str, str], data: st.DataObject
) -> None:
    seats = data.draw(st.integers(1, len(roll)))

    outcome = sortition(roll, lot(roll), seats=seats)

    assert len(set(outcome.winners)) == len(outcome.winners) == seats
    for each in outcome.rounds:
        assert each.people == sum(stratum == each.stratum for stratum in roll.values())
        assert abs(each.seats * len(roll) - seats * each.people) < len(roll)
        assert each.seats == len(each.drawn)
        left = [p for p, s in roll.items() if s == each.stratum and p not in each.drawn]
        assert all(draw("4821", a) < draw("4821", b) for a in each.drawn for b in left)


def test_equal_remainders_go_to_the_lot_and_it_is_told() -> None:
    roll = {"a": "N", "b": "N", "c": "S", "d": "S"}

    outcome = sortition(roll, lot(roll), seats=1)

    (got,) = [each for each in outcome.rounds if each.seats]
    assert got.stratum == min("NS", key=lambda name: draw("4821", name))
    assert all(each.by_lot for each in outcome.rounds)
    order = tuple(sorted("NS", key=lambda name: draw("4821", name)))
    assert outcome.ties == (Tie(1, "seat", ("N", "S"), order),)


def test_where_remainders_differ_no_tie_is_told() -> None:
    roll = {"a": "N", "b": "N", "c": "S"}

    outcome = sortition(roll, lot(roll), seats=1)

    assert not outcome.ties
    assert not any(each.by_lot for each in outcome.rounds)


def test_the_order_of_the_roll_changes_nothing() -> None:
    roll = {f"p{n}": "NSE"[n % 3] for n in range(40)}

    one = sortition(roll, lot(roll), seats=7)
    other = sortition(dict(reversed(roll.items())), lot(roll), seats=7)

    assert set(one.winners) == set(other.winners)


@pytest.mark.parametrize("seats", [0, 3])
def test_seats_beyond_the_roll_are_our_mistake(seats: int) -> None:
    with pytest.raises(ValueError, match="seats"):
        sortition({"a": "N", "b": "N"}, lot({"a": "", "b": ""}), seats=seats)
