"""Each method counted again in the plainest way there is, ballot by ballot, and compared."""

from collections import defaultdict
from fractions import Fraction
from itertools import accumulate, pairwise, permutations
from typing import Any

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from labapp.counting.count import count_election
from labapp.counting.election import Election
from labapp.counting.lot import draw
from labapp.counting.methods.schulze.beatpaths import schulze
from labapp.counting.methods.stv.transfers import transferable_vote
from labapp.counting.outcome import Amount, Ranking
from tests.counting.methods.scottish import Drawn, recount
from tests.counting.methods.urns import (
    BALLOTS,
    BUDGET,
    COSTS,
    LOOSE,
    LOT,
    OPTIONS,
    THOUSAND,
    URN,
)

LOOSE_URN = st.dictionaries(LOOSE, st.integers(1, 5), min_size=1, max_size=8)
POINTS = st.dictionaries(
    st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 9), max_size=4).map(
        lambda given: tuple(sorted(given.items()))
    ),
    st.integers(1, 5),
    min_size=1,
    max_size=8,
)
#: Below every rank of these ballots.
UNRANKED = 99
SEATS = st.integers(1, 4)
PAPERS = st.lists(
    st.tuples(st.permutations(OPTIONS), st.integers(1, 5), st.integers(1, 9)).map(
        lambda drawn: ("".join(drawn[0])[: drawn[1]], drawn[2])
    ),
    min_size=1,
    max_size=9,
)


@settings(THOUSAND, max_examples=2000)
@given(piles=PAPERS, seats=SEATS)
def test_a_scottish_count_is_what_its_law_gives_paper_by_paper(
    piles: list[tuple[str, int]], seats: int
) -> None:
    urn: dict[Ranking[str], int] = defaultdict(int)
    for preferences, count in piles:
        urn[tuple(frozenset(each) for each in preferences)] += count
    papers = [preferences for preferences, count in piles for _ in range(count)]
    ours = transferable_vote(OPTIONS, urn, LOT, seats=seats)
    by_lot = any(tie.by == "lot" for tie in ours.ties)

    try:
        stages = recount(OPTIONS, papers, seats)
    except Drawn:
        assert by_lot
        reject()

    assert not by_lot
    assert [(stage.votes, stage.elected) for stage in ours.rounds] == [
        ({each: Fraction(votes) for each, votes in credited.items()}, elected)
        for credited, elected in stages
    ]
    assert ours.winners == tuple(each for stage in stages for each in stage.elected)


@THOUSAND
@given(urn=URN)
def test_paths_and_order_are_those_of_every_path_there_is(urn: dict[Ranking[str], int]) -> None:
    beats = {
        (a, b): sum(n for ranking, n in urn.items() if _place(ranking, a) < _place(ranking, b))
        for a, b in permutations(OPTIONS, 2)
    }
    links = {(a, b): n if n > beats[b, a] else 0 for (a, b), n in beats.items()}
    strongest = {
        (a, b): max(
            min(links[pair] for pair in pairwise((a, *between, b)))
            for length in range(len(OPTIONS) - 1)
            for between in permutations(set(OPTIONS) - {a, b}, length)
        )
        for a, b in permutations(OPTIONS, 2)
    }

    (told,) = schulze(OPTIONS, urn, LOT, seats=len(OPTIONS)).rounds

    assert {(a, b): n for a, row in told.paths.items() for b, n in row.items()} == strongest
    before = {pair for pair, n in strongest.items() if n > strongest[pair[::-1]]}
    place = {option: n for n, group in enumerate(told.order) for option in group}
    assert all(place[a] < place[b] for a, b in before)
    for above, group in pairwise(told.order):
        assert all(any((a, b) in before for a in above) for b in group)


def winners(votes: dict[str, Amount], seats: int) -> tuple[str, ...]:
    """Return the first by votes and then by lot, of those with any."""
    order = sorted(OPTIONS, key=lambda option: (-votes[option], draw(LOT.seed, option)))
    return tuple(option for option in order if votes[option])[:seats]


def told(rule: str, seats: int, **ballots: Any) -> tuple[dict[str, Amount], tuple[str, ...]]:
    """Return the votes and the winners of a method that adds."""
    (urn,) = ballots.values()
    election = Election(OPTIONS, dict(LOT.names), sum(urn.values()), **ballots)
    outcome = count_election(election, rule, {"seats": str(seats), "seed": LOT.seed}).outcome
    return outcome.rounds[0].votes, outcome.winners


@THOUSAND
@given(ballots=BALLOTS, seats=SEATS)
def test_marks_are_added_one_by_one(ballots: dict[frozenset[str], int], seats: int) -> None:
    each = [marks for marks, count in ballots.items() for _ in range(count)]
    approved: dict[str, Amount] = {o: [o in marks for marks in each].count(True) for o in OPTIONS}
    alone: dict[str, Amount] = {o: each.count(frozenset(o)) for o in OPTIONS}

    assert told("approval", seats, marks=ballots) == (approved, winners(approved, seats))
    assert told("plurality", seats, marks=ballots) == (alone, winners(alone, seats))


@THOUSAND
@given(ballots=POINTS, seats=SEATS)
def test_points_are_added_one_by_one(
    ballots: dict[tuple[tuple[str, int], ...], int], seats: int
) -> None:
    votes: dict[str, Amount] = dict.fromkeys(OPTIONS, 0)
    for ballot, count in ballots.items():
        for _ in range(count):
            for option, worth in ballot:
                votes[option] += worth

    assert told("score", seats, points=ballots) == (votes, winners(votes, seats))
    assert told("points", seats, points=ballots) == (votes, winners(votes, seats))


@THOUSAND
@given(urn=LOOSE_URN, seats=SEATS)
def test_borda_is_a_point_for_each_option_below_and_half_for_an_equal(
    urn: dict[Ranking[str], int], seats: int
) -> None:
    votes: dict[str, Amount] = dict.fromkeys(OPTIONS, 0)
    for ranking, count in urn.items():
        for a, b in permutations(OPTIONS, 2):
            mine, other = _place(ranking, a), _place(ranking, b)
            if mine < UNRANKED:
                votes[a] += count * (Fraction(mine < other) + Fraction(mine == other, 2))

    assert told("borda", seats, rankings=urn) == (votes, winners(votes, seats))


@THOUSAND
@given(costs=COSTS, ballots=BALLOTS, budget=BUDGET)
def test_a_greedy_count_that_stops_funds_the_longest_beginning_that_the_budget_pays(
    costs: dict[str, int], ballots: dict[frozenset[str], int], budget: int
) -> None:
    votes = {o: sum(n for marks, n in ballots.items() if o in marks) for o in OPTIONS}
    order = sorted(OPTIONS, key=lambda option: (-votes[option], draw(LOT.seed, option)))
    paid = [total <= budget for total in accumulate(costs[option] for option in order)]
    election = Election(
        OPTIONS, dict(LOT.names), sum(ballots.values()), ballots, costs=dict(costs), budget=budget
    )

    counted = count_election(election, "greedy-stop", {"seed": LOT.seed})

    assert counted.outcome.winners == tuple(order[: paid.count(True)])


def _place(ranking: Ranking[str], option: str) -> int:
    """Return the first rank at which a ballot names an option, or one below all."""
    found = (n for n, rank in enumerate(ranking) if isinstance(rank, frozenset) and option in rank)
    return next(found, UNRANKED)
