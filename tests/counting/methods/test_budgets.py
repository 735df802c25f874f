"""Greedy and equal shares: cases, and what holds of every count."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labapp.counting.lot import Lot
from labapp.counting.methods.equal_shares.completion import Fill, SharesCompletion, equal_shares
from labapp.counting.methods.equal_shares.rounds import BoughtProject, UnpaidProject
from labapp.counting.methods.greedy import greedy
from labapp.counting.outcome import Amount
from tests.counting.methods.urns import BALLOTS, BUDGET, COSTS, LOT


@settings(max_examples=300, deadline=None)
@given(costs=COSTS, ballots=BALLOTS, budget=BUDGET, completion=st.sampled_from(SharesCompletion))
def test_nothing_is_spent_that_is_not_there(
    costs: dict[str, int],
    ballots: dict[frozenset[str], int],
    budget: int,
    completion: SharesCompletion,
) -> None:
    outcome = equal_shares(costs, ballots, budget, LOT, completion=completion, fill=Fill.VOTES)

    assert sum(costs[option] for option in outcome.winners) <= budget


@settings(max_examples=300, deadline=None)
@given(costs=COSTS, ballots=BALLOTS, budget=BUDGET)
def test_joining_equal_ballots_changes_nothing(
    costs: dict[str, int], ballots: dict[frozenset[str], int], budget: int
) -> None:
    tenfold = {marks: count * 10 for marks, count in ballots.items()}
    dear = {option: cost * 10 for option, cost in costs.items()}

    few = equal_shares(costs, ballots, budget, LOT)
    many = equal_shares(dear, tenfold, budget * 10, LOT)

    assert few.winners == many.winners


def test_a_group_that_can_pay_what_it_agrees_on_gets_it() -> None:
    # Two thirds want A and B; one third wants C, and has the money for it.
    ballots = {frozenset("AB"): 4, frozenset("C"): 2}

    outcome = equal_shares({"A": 30, "B": 25, "C": 20, "D": 1, "E": 1}, ballots, 60, LOT)

    assert set(outcome.winners) == {"A", "C"}
    bought = [each for each in outcome.rounds if isinstance(each, BoughtProject)]
    assert [(b.option, b.support, b.price) for b in bought] == [
        ("A", Fraction(4), Fraction(15, 2)),
        ("C", Fraction(2), Fraction(10)),
    ]
    assert [(b.in_full, b.left) for b in bought] == [(4, 30), (2, 10)]
    unpaid = {
        u.option: (u.supporters, u.money) for u in outcome.rounds if isinstance(u, UnpaidProject)
    }
    assert unpaid["B"] == (4, Fraction(10))


def test_who_cannot_pay_an_equal_part_pays_all_they_have() -> None:
    ballots = {frozenset("AB"): 2, frozenset("A"): 2, frozenset("B"): 2}

    outcome = equal_shares({"A": 16, "B": 14, "C": 9, "D": 9, "E": 9}, ballots, 36, LOT)

    first, second = (each for each in outcome.rounds if isinstance(each, BoughtProject))
    assert {"A": Fraction(4), "B": Fraction(7, 2)}[first.option] == first.price
    assert {first.option, second.option} == {"A", "B"}
    assert second.in_full == 2
    assert second.support < 4


def test_a_project_that_costs_nothing_is_funded_if_somebody_wants_it() -> None:
    outcome = equal_shares({"A": 0, "B": 0}, {frozenset("A"): 1}, 5, LOT)

    assert outcome.winners == ("A",)


def test_an_urn_without_ballots_funds_nothing() -> None:
    assert equal_shares({"A": 1}, {}, 5, LOT, fill=Fill.VOTES).winners == ()


@pytest.mark.parametrize(("stop", "funded"), [(False, ("A", "C")), (True, ("A",))])
def test_what_does_not_fit_is_skipped_or_ends_the_count(
    *, stop: bool, funded: tuple[str, ...]
) -> None:
    costs: dict[str, Amount] = {"A": 6, "B": 5, "C": 4}
    votes: dict[str, Amount] = {"A": 9, "B": 8, "C": 7}

    outcome = greedy(costs, votes, 10, LOT, ballots=9, stop=stop)

    assert outcome.winners == funded
    assert outcome.rounds[0].left == 4


def test_a_tie_that_decides_is_reported_and_one_that_does_not_is_not() -> None:
    lot = Lot({"A": "Acueducto", "B": "Biblioteca"}, "77")

    scarce = greedy({"A": 6, "B": 5}, {"A": 3, "B": 3}, 10, lot, ballots=3)
    ample = greedy({"A": 6, "B": 5}, {"A": 3, "B": 3}, 11, lot, ballots=3)

    assert [tie.among for tie in scarce.ties] == [("A", "B")]
    assert scarce.winners == lot.order("AB")[:1]
    assert ample.ties == ()
    assert set(ample.winners) == {"A", "B"}


def test_progress_is_told_after_each_raise() -> None:
    told: list[tuple[int, Amount]] = []
    ballots = {frozenset("A"): 1, frozenset("B"): 1}

    outcome = equal_shares(
        {"A": 6, "B": 4},
        ballots,
        10,
        LOT,
        completion=SharesCompletion.EXHAUSTIVE,
        progress=lambda raises, spent: told.append((raises, spent)),
    )

    assert told == [(1, 10)]
    assert set(outcome.winners) == {"A", "B"}
