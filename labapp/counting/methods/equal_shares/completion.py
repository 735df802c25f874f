"""What to do with the money that equal shares leave: raise the shares, then fund by votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeAlias

from labapp.counting.lot import Lot
from labapp.counting.methods.equal_shares.endowment_bounds import steady
from labapp.counting.methods.equal_shares.endowments import Electorate
from labapp.counting.methods.equal_shares.rounds import (
    BoughtProject,
    Division,
    UnpaidProject,
    divide,
)
from labapp.counting.methods.greedy import ConsideredProject, greedy
from labapp.counting.outcome import Amount, O, Outcome
from labapp.counting.parameters import Progress

#: A round of equal shares: bought by its supporters, left unpaid by them, or funded by votes.
SharesRound: TypeAlias = BoughtProject[O] | UnpaidProject[O] | ConsideredProject[O]

#: This part of an endowment is looked at together at first: what is bought changes that often.
FIRST_PART = 128
#: Looking at fewer raises together takes longer than counting each.
WORTH_LOOKING = 3
#: The most raises that are counted alone after looking in vain.
LONGEST_PAUSE = 15


class SharesCompletion(StrEnum):
    """How far the equal endowment is raised."""

    NONE = "none"
    EXHAUSTIVE = "exhaustive"
    BUDGET = "budget"


class Fill(StrEnum):
    """What is done with what is left at the end."""

    NONE = "none"
    VOTES = "votes"


@dataclass(frozen=True, slots=True)
class Shares(Generic[O]):
    """How equal shares went, beside the rounds.

    Attributes:
        first: what each voter had at first, in the unit of the budget.
        raises: how often that was raised.
        increment: by how much each time.
        unpaid: what the supporters of each project not bought had left, before any fill.
    """

    first: Fraction
    raises: int
    increment: int
    unpaid: tuple[UnpaidProject[O], ...]

    @property
    def last(self) -> Fraction:
        """What each voter had at the end, to pay with."""
        return self.first + self.raises * self.increment


@dataclass(frozen=True, slots=True)
class SharesOutcome(Outcome[O, SharesRound[O]]):
    """The outcome with its shares, which published files do not hold: they stay what they were."""

    shares: Shares[O] | None = None


def equal_shares(  # noqa: PLR0913  # each is an option of the rule, as it is written
    costs: Mapping[O, Amount],
    ballots: Mapping[frozenset[O], int],
    budget: Amount,
    lot: Lot[O],
    *,
    completion: SharesCompletion = SharesCompletion.NONE,
    fill: Fill = Fill.NONE,
    increment: int = 1,
    threshold: Amount = 0,
    raised: int = 0,
    progress: Progress | None = None,
) -> SharesOutcome[O]:
    """Count by the Method of Equal Shares with cost utility.

    Args:
        costs: project -> cost, in the unit of the budget.
        ballots: choices -> how many ballots carry exactly these; an empty one has its share too.
        budget: what there is to spend.
        lot: the public lot, for projects of the same effective support.
        completion: ``exhaustive`` raises every endowment by ``increment`` until no project that
            somebody chose fits in what is left; ``budget`` raises it for as long as the outcome
            costs no more than the budget. Both stop before an outcome over the budget.
        fill: ``votes`` funds what still fits, by votes.
        increment: by how much each endowment is raised at a time, in the unit of the budget.
        threshold: fewest votes with which the fill considers a project.
        raised: raises that an earlier count of the same made: this one goes on from there.
        progress: told after each step how many raises there were and what the outcome costs;
            raises that change nothing are taken in one step. What it raises ends the count.

    Returns:
        The outcome; its rounds are what was bought, then what the fill considered, or, without
        it, what nobody could pay and what its supporters had left.

    Source: Peters, Pierczyński & Skowron, NeurIPS 2021; for the completions, Brill, Forster,
    Lackner, Maly & Peters, "Proportionality in approval-based participatory budgeting", AAAI 2023.
    """
    purse = Electorate.of(costs, ballots)
    if not purse.ballots:
        return SharesOutcome((), (), (), 0)
    raising = _Raising(increment, raised, progress)
    division, raises = _raised(purse, budget, lot, completion, raising)
    rounds: list[SharesRound[O]] = [*division.bought]
    winners = tuple(each.option for each in division.bought)
    ties = division.ties
    if fill is Fill.VOTES:
        rest = {option: cost for option, cost in costs.items() if option not in winners}
        votes: dict[O, Amount] = {option: purse.voters(option) for option in rest}
        left = budget - division.spent
        filled = greedy(rest, votes, left, lot, ballots=purse.ballots, threshold=threshold)
        rounds.extend(filled.rounds)
        winners, ties = winners + filled.winners, ties + filled.ties
    else:
        rounds.extend(division.unpaid)
    share = Fraction(budget) / purse.ballots
    shares = Shares(share, raises, increment, division.unpaid)
    return SharesOutcome(winners, tuple(rounds), ties, purse.ballots, shares)


@dataclass(frozen=True, slots=True)
class _Raising:
    """By how much an endowment is raised, how often it was before, and who hears of it."""

    increment: int
    raised: int
    progress: Progress | None


def _raised(
    purse: Electorate[O],
    budget: Amount,
    lot: Lot[O],
    completion: SharesCompletion,
    raising: _Raising,
) -> tuple[Division[O], int]:
    """Return the last division that the budget pays, and how often its endowment was raised."""
    increment, raised, progress = raising.increment, raising.raised, raising.progress
    if increment < 1 or raised < 0:
        raise ValueError("the endowment is raised by 1 or more, and never lowered")
    endowment = Fraction(budget) / purse.ballots
    raises = counted_at = raised
    division = divide(purse, endowment + raises * increment, budget, lot)
    pace = _Pace(int(endowment / (increment * FIRST_PART)))
    while completion is not SharesCompletion.NONE and not _done(
        purse, division, budget, completion
    ):
        passed = 0
        if span := pace.span():
            at = endowment + raises * increment
            passed = steady(purse, division, at, span * increment) // increment
            pace.looked(passed)
        if passed:
            raises += passed
        else:
            after = divide(purse, endowment + (raises + 1) * increment, budget, lot)
            if after.spent > budget:
                break
            raises = counted_at = raises + 1
            pace.counted(same=after.order == division.order)
            division = after
        if progress:
            progress(raises, division.spent)
    if counted_at == raises:
        return division, raises
    return divide(purse, endowment + raises * increment, budget, lot), raises


class _Pace:
    """How many raises to look at together: more while it goes well, none for a while when not."""

    def __init__(self, first: int) -> None:
        self.first = self.next = first
        self.pause = self.vain = 0

    def span(self) -> int:
        """Return how many raises to look at together now; 0: count the next one alone."""
        if self.pause:
            self.pause -= 1
            return 0
        return self.next if self.next >= WORTH_LOOKING else 0

    def looked(self, passed: int) -> None:
        """Learn of how many raises it was shown that they change nothing."""
        self.vain = 0 if passed else self.vain + 1
        self.pause = min((2**self.vain - 1) // 2, LONGEST_PAUSE)
        self.next = 4 * self.next if passed == self.next else passed // 2

    def counted(self, *, same: bool) -> None:
        """Learn whether a raise that was counted alone changed nothing."""
        self.next = self.first // 8 if same else self.first


def _done(
    purse: Electorate[O], division: Division[O], budget: Amount, completion: SharesCompletion
) -> bool:
    """Say whether raising the endowment further is pointless, or past what was asked."""
    wanted = purse.supporters.keys() - set(division.order)
    if completion is SharesCompletion.EXHAUSTIVE:
        return all(division.spent + purse.costs[option] > budget for option in wanted)
    return not wanted
