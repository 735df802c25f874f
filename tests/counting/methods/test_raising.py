"""Raises taken together give what each raise, counted alone, gives."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from labapp.counting.methods.equal_shares import completion as completing
from labapp.counting.methods.equal_shares.completion import SharesCompletion, equal_shares
from labapp.counting.methods.equal_shares.endowment_bounds import steady
from labapp.counting.methods.equal_shares.endowments import Electorate
from labapp.counting.methods.equal_shares.rounds import Division, divide
from labapp.counting.outcome import Amount
from tests.counting.methods.urns import LOT, OPTIONS

COSTS = st.fixed_dictionaries({option: st.integers(0, 3000) for option in OPTIONS})
BALLOTS = st.dictionaries(
    st.frozensets(st.sampled_from(OPTIONS), min_size=1, max_size=4),
    st.integers(1, 4),
    min_size=1,
    max_size=9,
)


def order(division: Division[str]) -> list[str]:
    return [each.option for each in division.bought]


def raised_alone(
    costs: dict[str, int],
    ballots: dict[frozenset[str], int],
    budget: int,
    completion: SharesCompletion,
    increment: int,
) -> Division[str]:
    """Raise the shares step by step, counting each time."""
    purse = Electorate.of(costs, ballots)
    raises = 0
    alone = divide(purse, Fraction(budget, purse.ballots), budget, LOT)
    while not completing._done(purse, alone, budget, completion):
        raises += increment
        after = divide(purse, Fraction(budget, purse.ballots) + raises, budget, LOT)
        if after.spent > budget:
            break
        alone = after
    return alone


@settings(max_examples=400, deadline=None)
@given(costs=COSTS, ballots=BALLOTS, budget=st.integers(1, 9000), span=st.integers(1, 400))
def test_what_is_shown_to_stay_the_same_does(
    costs: dict[str, int], ballots: dict[frozenset[str], int], budget: int, span: int
) -> None:
    purse = Electorate.of(costs, ballots)
    endowment = Fraction(budget, purse.ballots)
    now = divide(purse, endowment, budget, LOT)

    passed = steady(purse, now, endowment, span)

    assert 0 <= passed <= span
    for raised in {1, passed // 3, passed // 2, passed - 1, passed}:
        if 0 < raised <= passed:
            assert order(divide(purse, endowment + raised, budget, LOT)) == order(now)


@settings(max_examples=150, deadline=None)
@given(
    costs=COSTS,
    ballots=BALLOTS,
    budget=st.integers(600, 9000),
    completion=st.sampled_from([SharesCompletion.EXHAUSTIVE, SharesCompletion.BUDGET]),
    increment=st.integers(1, 3),
)
def test_raises_taken_together_give_what_each_alone_gives(
    costs: dict[str, int],
    ballots: dict[frozenset[str], int],
    budget: int,
    completion: SharesCompletion,
    increment: int,
) -> None:
    alone = raised_alone(costs, ballots, budget, completion, increment)

    together = equal_shares(costs, ballots, budget, LOT, completion=completion, increment=increment)

    assert together.rounds == (*alone.bought, *alone.unpaid)
    assert together.ties == alone.ties


@settings(max_examples=100, deadline=None)
@given(
    costs=COSTS,
    ballots=BALLOTS,
    budget=st.integers(600, 9000),
    completion=st.sampled_from([SharesCompletion.EXHAUSTIVE, SharesCompletion.BUDGET]),
    share=st.fractions(0, 1),
)
def test_a_count_that_goes_on_from_an_earlier_one_gives_the_same(
    costs: dict[str, int],
    ballots: dict[frozenset[str], int],
    budget: int,
    completion: SharesCompletion,
    share: Fraction,
) -> None:
    told = [0]
    whole = equal_shares(
        costs,
        ballots,
        budget,
        LOT,
        completion=completion,
        progress=lambda raises, _: told.append(raises),
    )

    again = equal_shares(
        costs, ballots, budget, LOT, completion=completion, raised=int(told[-1] * share)
    )

    assert again == whole


#: Round costs and few voters: supports tie at once, and stay tied however far shares are raised.
ROUND = st.fixed_dictionaries({option: st.sampled_from((500, 1000, 1500)) for option in OPTIONS})


@settings(max_examples=200, deadline=None)
@given(
    costs=ROUND,
    ballots=BALLOTS,
    budget=st.integers(2, 9).map(lambda n: n * 500),
    completion=st.sampled_from([SharesCompletion.EXHAUSTIVE, SharesCompletion.BUDGET]),
)
def test_ties_that_last_are_passed_together_as_each_raise_alone_would(
    costs: dict[str, int],
    ballots: dict[frozenset[str], int],
    budget: int,
    completion: SharesCompletion,
) -> None:
    alone = raised_alone(costs, ballots, budget, completion, 10)

    together = equal_shares(costs, ballots, budget, LOT, completion=completion, increment=10)

    assert together.rounds == (*alone.bought, *alone.unpaid)
    assert together.ties == alone.ties


def test_a_tie_that_lasts_for_millions_of_raises_is_passed_in_few_steps() -> None:
    costs = {"A": 3_000_000, "B": 3_000_000, "C": 4_000_000}
    ballots = {frozenset("A"): 5, frozenset("B"): 5, frozenset("C"): 1}
    told: list[int] = []

    outcome = equal_shares(
        costs,
        ballots,
        10_000_000,
        LOT,
        completion=SharesCompletion.EXHAUSTIVE,
        progress=lambda raises, _: told.append(raises),
    )

    assert set(outcome.winners) == {"A", "B", "C"}
    assert told[-1] == 3_090_910
    assert len(told) < 100


def test_nothing_changes_for_long_where_nobody_has_enough() -> None:
    costs: dict[str, Amount] = {"A": 5_000_000, "B": Fraction(9_000_001, 2)}
    ballots = {frozenset("A"): 2, frozenset("B"): 2}
    purse = Electorate.of(costs, ballots)
    told: list[int] = []

    division = divide(purse, Fraction(1_250_000), 5_000_000, LOT)
    outcome = equal_shares(
        costs,
        ballots,
        5_000_000,
        LOT,
        completion=SharesCompletion.EXHAUSTIVE,
        progress=lambda raises, _: told.append(raises),
    )

    assert steady(purse, division, Fraction(1_250_000), 2_000_000) == 1_000_000
    assert outcome.winners == ("B",)
    assert told[-1] == 1_000_001
    assert len(told) < 60
