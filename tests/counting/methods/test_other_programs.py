"""What pabutools and pyrankvote answer for random elections, a thousand of each kind.

The transferable vote of pyrankvote is another: its quota has decimals and its surpluses move by
another rule. Ours is counted again by the text of its law in ``test_recounts``.
"""

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from pabutools.election import (
    ApprovalBallot,
    ApprovalProfile,
    CardinalBallot,
    CardinalProfile,
    Cost_Sat,
    Instance,
    OrdinalBallot,
    OrdinalProfile,
    Project,
)
from pabutools.election.satisfaction import AdditiveSatisfaction
from pabutools.rules import (
    BudgetAllocation,
    exhaustion_by_budget_increase,
    greedy_utilitarian_welfare,
    method_of_equal_shares,
)
from pabutools.tiebreaking import TieBreakingRule
from pyrankvote import Ballot, Candidate, instant_runoff_voting

from labapp.counting.count import count_election
from labapp.counting.election import Election
from labapp.counting.lot import draw
from labapp.counting.methods.equal_shares.completion import Fill, SharesCompletion, equal_shares
from labapp.counting.methods.irv.runoff import instant_runoff
from labapp.counting.outcome import Ranking
from tests.counting.methods.urns import (
    BALLOTS,
    BUDGET,
    COSTS,
    LOT,
    OPTIONS,
    RANKING,
    THOUSAND,
    URN,
)

Marks = dict[frozenset[str], int]
BY_LOT = TieBreakingRule(lambda _instance, _profile, project: draw(LOT.seed, project.name))
POINTS = st.dictionaries(
    st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 9), max_size=4).map(
        lambda given: tuple(sorted(given.items()))
    ),
    st.integers(1, 3),
    min_size=1,
    max_size=8,
)
ORDERS = st.dictionaries(RANKING, st.integers(1, 3), min_size=1, max_size=8)


class PointsSat(AdditiveSatisfaction):  # type: ignore[misc]  # pabutools is untyped
    """Points as votes: that program buys by satisfaction for each unit of cost."""

    def __init__(self, instance: Any, profile: Any, ballot: Any) -> None:
        super().__init__(
            instance, profile, ballot, lambda _i, _p, given, project, _v: _points(given, project)
        )


def _points(given: Any, project: Project) -> Any:
    if project not in given:
        return 0
    if isinstance(given, OrdinalBallot):
        return (len(given) - given.position(project)) * project.cost
    return given[project] * project.cost


def instance_of(costs: Mapping[str, int], budget: int) -> tuple[Instance, dict[str, Project]]:
    projects = {option: Project(option, cost) for option, cost in costs.items()}
    return Instance(projects.values(), budget_limit=budget), projects


def approvals(
    costs: Mapping[str, int], ballots: Marks, budget: int
) -> tuple[Instance, ApprovalProfile]:
    instance, projects = instance_of(costs, budget)
    papers = [
        ApprovalBallot([projects[option] for option in marks])
        for marks, count in ballots.items()
        for _ in range(count)
    ]
    return instance, ApprovalProfile(papers)


def names(allocation: BudgetAllocation) -> set[str]:
    return {project.name for project in allocation}


def election(costs: Mapping[str, int], budget: int, **ballots: Any) -> Election:
    """Return a file's content; the lot draws on the names of the options, as ours does."""
    (urn,) = ballots.values()
    return Election(
        OPTIONS, dict(LOT.names), sum(urn.values()), costs=dict(costs), budget=budget, **ballots
    )


def greedy_winners(held: Election) -> set[str]:
    return set(count_election(held, "greedy", {"seed": LOT.seed}).outcome.winners)


@THOUSAND
@given(costs=COSTS, ballots=BALLOTS, budget=BUDGET)
def test_greedy_on_marks_funds_what_another_program_funds(
    costs: dict[str, int], ballots: Marks, budget: int
) -> None:
    theirs = greedy_utilitarian_welfare(
        *approvals(costs, ballots, budget), sat_class=Cost_Sat, tie_breaking=BY_LOT
    )

    assert greedy_winners(election(costs, budget, marks=ballots)) == names(theirs)


@THOUSAND
@given(costs=COSTS, ballots=POINTS, budget=BUDGET)
def test_greedy_on_points_funds_what_another_program_funds(
    costs: dict[str, int], ballots: dict[tuple[tuple[str, int], ...], int], budget: int
) -> None:
    instance, projects = instance_of(costs, budget)
    papers = [
        CardinalBallot({projects[option]: worth for option, worth in given})
        for given, count in ballots.items()
        for _ in range(count)
    ]

    theirs = greedy_utilitarian_welfare(
        instance, CardinalProfile(papers), sat_class=PointsSat, tie_breaking=BY_LOT
    )

    assert greedy_winners(election(costs, budget, points=ballots)) == names(theirs)


@THOUSAND
@given(costs=COSTS, ballots=ORDERS, budget=BUDGET)
def test_greedy_on_orders_funds_what_another_program_funds(
    costs: dict[str, int], ballots: dict[Ranking[str], int], budget: int
) -> None:
    instance, projects = instance_of(costs, budget)
    papers = [
        OrdinalBallot([projects[option] for option in strict(ranking)])
        for ranking, count in ballots.items()
        for _ in range(count)
    ]

    theirs = greedy_utilitarian_welfare(
        instance, OrdinalProfile(papers), sat_class=PointsSat, tie_breaking=BY_LOT
    )

    assert greedy_winners(election(costs, budget, rankings=ballots)) == names(theirs)


def shares_agree(
    costs: dict[str, int],
    ballots: Marks,
    budget: int,
    completion: SharesCompletion,
    theirs: Callable[[Instance, ApprovalProfile], BudgetAllocation],
) -> None:
    """Compare equal shares with a completion, and then filled by votes."""
    instance, profile = approvals(costs, ballots, budget)
    bought = theirs(instance, profile)
    filled = greedy_utilitarian_welfare(
        instance,
        profile,
        sat_class=Cost_Sat,
        tie_breaking=BY_LOT,
        initial_budget_allocation=bought,
    )

    bare = equal_shares(costs, ballots, budget, LOT, completion=completion)
    whole = equal_shares(costs, ballots, budget, LOT, completion=completion, fill=Fill.VOTES)

    assert set(bare.winners) == names(bought)
    assert set(whole.winners) == names(filled)
    if completion is SharesCompletion.NONE:
        assert list(bare.winners) == [project.name for project in bought]


@THOUSAND
@given(costs=COSTS, ballots=BALLOTS, budget=BUDGET)
def test_equal_shares_are_what_another_program_answers(
    costs: dict[str, int], ballots: Marks, budget: int
) -> None:
    shares_agree(
        costs,
        ballots,
        budget,
        SharesCompletion.NONE,
        lambda *held: method_of_equal_shares(*held, sat_class=Cost_Sat, tie_breaking=BY_LOT),
    )


@THOUSAND
@given(costs=COSTS, ballots=BALLOTS, budget=BUDGET)
def test_shares_raised_until_nothing_fits_are_what_another_program_answers(
    costs: dict[str, int], ballots: Marks, budget: int
) -> None:
    assume(any(ballots))

    shares_agree(
        costs,
        ballots,
        budget,
        SharesCompletion.EXHAUSTIVE,
        lambda *held: method_of_equal_shares(
            *held, sat_class=Cost_Sat, tie_breaking=BY_LOT, voter_budget_increment=1
        ),
    )


@THOUSAND
@given(costs=COSTS, ballots=BALLOTS, budget=BUDGET)
def test_shares_raised_to_the_budget_are_what_another_program_answers(
    costs: dict[str, int], ballots: Marks, budget: int
) -> None:
    voters = sum(ballots.values())

    shares_agree(
        costs,
        ballots,
        budget,
        SharesCompletion.BUDGET,
        lambda *held: exhaustion_by_budget_increase(
            *held,
            method_of_equal_shares,
            {"sat_class": Cost_Sat, "tie_breaking": BY_LOT},
            exhaustive_stop=False,
            budget_step=voters,
            # Beyond this each voter could pay everything alone.
            budget_bound=budget + voters * (sum(costs.values()) + 1),
        ),
    )


@THOUSAND
@given(urn=URN)
def test_another_program_elects_the_same_by_instant_runoff(urn: dict[Ranking[str], int]) -> None:
    outcome = instant_runoff(OPTIONS, urn, LOT)
    assume(outcome.winners and not outcome.ties)
    people, ballots = cast(urn)

    other = instant_runoff_voting(people, ballots)

    assert [each.name for each in other.get_winners()] == list(outcome.winners)


def cast(urn: dict[Ranking[str], int]) -> tuple[list[Candidate], list[Ballot]]:
    """Return the paper and the ballots as pyrankvote has them."""
    people = {option: Candidate(option) for option in OPTIONS}
    ballots = [
        Ballot([people[option] for option in strict(ranking)])
        for ranking, count in urn.items()
        for _ in range(count)
    ]
    return list(people.values()), ballots


def strict(ranking: Ranking[str]) -> list[str]:
    return [option for rank in ranking if isinstance(rank, frozenset) for option in rank]
