"""A chart for every rule, with the same figures as its table."""

from typing import Any

from hypothesis import given, settings

from labapp.counting.bundle.contents import election
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.write import count_vote
from labapp.counting.explain.chart import WIDTH, Bars, BudgetBar, Chart, Duels, Rounds
from labapp.counting.explanation import chart
from tests.counting.bundle.votes import ANY, HALL, vote


def drawn(held: PublishedVote) -> Chart:
    return chart(election(held), count_vote(held), few=held.few)


@settings(max_examples=300, deadline=None)
@given(held=ANY)
def test_every_chart_stays_inside_its_frame_and_has_its_table(held: PublishedVote) -> None:
    found = drawn(held)

    bars: list[Any] = []
    if isinstance(found, Bars):
        bars = list(found.bars)
    elif isinstance(found, Rounds):
        bars = [bar for each in found.rounds for bar in each.bars]
    assert all(0 <= bar.length <= WIDTH for bar in bars)
    for row in found.table.rows:
        assert len(row) == len(found.table.heads)


@settings(max_examples=200, deadline=None)
@given(held=ANY.filter(lambda held: held.method.has_budget))
def test_the_slices_of_a_budget_add_up(held: PublishedVote) -> None:
    found = drawn(held)

    assert isinstance(found, BudgetBar)
    assert sum(each.cost for each in found.funded) + found.left == found.budget
    places = [(each.start, each.start + each.length) for each in found.funded]
    assert [begin for begin, _ in places] == [0, *(end for _, end in places)][: len(places)]
    assert all(end <= WIDTH for _, end in places)


def test_bars_are_measured_against_the_longest() -> None:
    found = drawn(HALL)

    assert isinstance(found, Bars)
    assert [(bar.label, bar.amount, bar.length, bar.chosen) for bar in found.bars][:2] == [
        ("Reparar el tanque", 23, 1000, True),
        ("Cercar la toma", 12, 522, True),
    ]
    assert found.table.rows[1] == ("Cercar la toma", "12")


def test_rounds_tell_where_the_ballots_went() -> None:
    found = drawn(vote("irv", {"1": 9, "2": 8, "3 2": 4, "3": 1}, seats=1))

    assert isinstance(found, Rounds)
    second = found.rounds[1]
    assert second.fallen == ("=Cloro; «dos» veces",)
    assert [(move.taker, move.shown) for move in second.moves] == [
        ("Cercar la toma", "4"),
        (None, "1"),
    ]
    assert found.rounds[-1].chosen == ("Cercar la toma",)
    assert found.table.rows[0] == ("Reparar el tanque", "9", "9", "9")
    assert found.table.rows[-1] == ("", "12", "12", "11")


def test_a_surplus_moves_with_what_its_decimals_lose() -> None:
    found = drawn(vote("stv", {"1 2": 10, "1": 6, "3": 5, "4": 2}))

    assert isinstance(found, Rounds)
    assert [(m.giver, m.taker, m.shown) for m in found.rounds[1].moves] == [
        ("Reparar el tanque", "Cercar la toma", "5"),
        ("Reparar el tanque", None, "3"),
    ]


def test_of_few_ballots_only_first_places_are_drawn() -> None:
    found = drawn(vote("irv", {"1": 4, "2": 3, "3 2": 2}, seats=1))

    assert isinstance(found, Bars)
    assert found.head == "First places"


def test_duels_stand_in_the_order_of_the_result() -> None:
    found = drawn(vote("schulze", {"2 1 3": 12, "1 2 3": 9}, seats=1))

    assert isinstance(found, Duels)
    assert found.table.rows[0] == ("Cercar la toma", "12", "9", "Reparar el tanque")
