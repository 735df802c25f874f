"""Greedy budgeting: the most voted first, as long as the money lasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic

from labapp.counting.methods.additive import levels
from labapp.counting.outcome import Amount, Lot, O, Outcome, Tie


@dataclass(frozen=True, slots=True)
class Considered(Generic[O]):
    """One project, in its turn.

    Attributes:
        option: the project.
        votes: its votes or points.
        cost: what it costs.
        left: what is left of the budget after it was considered.
        funded: whether it fitted.
    """

    option: O
    votes: Amount
    cost: Amount
    left: Amount
    funded: bool


def greedy(  # noqa: PLR0913  # each is an option of the rule, as it is written
    costs: Mapping[O, Amount],
    votes: Mapping[O, Amount],
    budget: Amount,
    lot: Lot[O],
    *,
    ballots: int,
    stop: bool = False,
    threshold: Amount = 0,
) -> Outcome[O, Considered[O]]:
    """Fund projects by votes, from most to fewest.

    A project without votes comes last and is funded if money is left, unless the threshold says
    otherwise. A tie is reported where its order decides: some of the equals fit, not all.

    Args:
        costs: project -> cost, in the unit of the budget.
        votes: project -> votes or points.
        budget: what there is to spend.
        lot: the public lot, for equal votes.
        ballots: ballots counted.
        stop: end at the first that does not fit; otherwise skip it and go on.
        threshold: fewest votes with which a project is considered.

    Source: Goel, Krishnaswamy, Sakshuwong & Aitamurto, "Knapsack voting for participatory
    budgeting", ACM TEAC 7(2), 2019, on the rule in use in most cities.
    """
    left = budget
    rounds: list[Considered[O]] = []
    ties: list[Tie[O]] = []
    for level, equals in levels({option: votes[option] for option in costs}):
        if level < threshold:
            break
        tied = tuple(equals)
        order = lot.order(tied)
        fits = [costs[option] <= left for option in tied]
        if len(tied) > 1 and any(fits) and sum(costs[option] for option in tied) > left:
            ties.append(Tie(len(rounds) + 1, "funded", tied, order))
        for option in order:
            funded = costs[option] <= left
            left -= costs[option] if funded else 0
            rounds.append(Considered(option, level, costs[option], left, funded))
            if stop and not funded:
                return Outcome(_funded(rounds), tuple(rounds), tuple(ties), ballots)
    return Outcome(_funded(rounds), tuple(rounds), tuple(ties), ballots)


def _funded(rounds: list[Considered[O]]) -> tuple[O, ...]:
    return tuple(each.option for each in rounds if each.funded)
