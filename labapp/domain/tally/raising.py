"""How far the equal endowment can be raised before equal shares could buy anything else.

While the same projects are bought in the same order, what each voter has left and what each
project would cost its supporters change little by little with the endowment. Here each of them is
held between two straight lines, which are drawn from the endowment now to one some way above.
Where the lines do not cross, nothing changes, so that the method need not be run in between.

The lines rest on this: the price p of a project solves sum(min(money, p)) = cost. If the money is
straight, p is convex: below the line between its ends, and above (cost - money of some) / others,
whoever those some are. All is done in whole numbers, rounded outwards.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Generic, TypeAlias

from labapp.domain.tally.ballots import O
from labapp.domain.tally.purse import Purse
from labapp.domain.tally.shares import Division

#: Money is in parts of the unit of the budget this small.
FINE = 1 << 48
#: A straight line by its values at the two ends.
Line: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Band:
    """Money between two lines."""

    low: Line
    high: Line

    def less(self, low: Line, high: Line) -> "_Band":
        """Return what is left after a price between two lines; nobody is left owing."""
        rest = (self.low[0] - high[0], self.low[1] - high[1])
        return _Band(
            rest if rest[0] > 0 else (0, 0),
            (max(0, self.high[0] - low[0]), max(0, self.high[1] - low[1])),
        )


class _Range(Generic[O]):
    """What voters have along the range: who has the same history stands in one class."""

    def __init__(self, purse: Purse[O], ends: tuple[Fraction, Fraction]) -> None:
        self.purse = purse
        exact = [Fraction(cost) for cost in purse.costs.values()]
        coin = FINE * lcm(*(cost.denominator for cost in exact))
        self.costs = {
            option: int(cost * coin) for option, cost in zip(purse.costs, exact, strict=True)
        }
        low = floor(ends[0] * coin), floor(ends[1] * coin)
        high = ceil(ends[0] * coin), ceil(ends[1] * coin)
        self.bands = [_Band((0, 0), (0, 0)), _Band(low, high)]
        self.at = [1] * len(purse.weights)
        self.alike = all(weight == 1 for weight in purse.weights)
        #: Below this part of the range everything is shown to stay the same; over 1: in all of it.
        self.reach = Fraction(2)

    def supporters(self, option: O) -> list[tuple[_Band, int]]:
        """Return the bands of the supporters who may have something left, with how many."""
        places = self.purse.supporters[option]
        classes = map(self.at.__getitem__, places)
        if self.alike:
            voters: dict[int, int] = Counter(classes)
        else:
            voters = {}
            for place, where in zip(places, classes, strict=True):
                voters[where] = voters.get(where, 0) + self.purse.weights[place]
        voters.pop(0, None)
        return [(self.bands[where], count) for where, count in voters.items()]

    def shorten(self, gap: int, end: int) -> None:
        """Shorten the reach to where a line from ``gap``, above 0, to ``end`` comes to nothing."""
        if end <= 0:
            self.reach = min(self.reach, Fraction(gap, gap - end))

    def above(self, option: O, rich: Sequence[tuple[_Band, int]]) -> Line | None:
        """Return a line above the price of a project, or None where it may not be paid."""
        cost = self.costs[option]
        ends = [_price([(band.low[end], n) for band, n in rich], cost) for end in (0, 1)]
        first, last = ends
        if first is None or last is None:
            return None
        return -(-first[0] // first[1]), -(-last[0] // last[1])

    def below(self, option: O, rich: Sequence[tuple[_Band, int]]) -> Line | None:
        """Return a line below the price of a project, or None where nobody can pay it now.

        Who cannot pay it now may later: the reach ends there.
        """
        cost = self.costs[option]
        now = _price([(band.high[0], n) for band, n in rich], cost)
        if now is None:
            ends = [cost - sum(band.high[end] * n for band, n in rich) for end in (0, 1)]
            self.shorten(ends[0], ends[1])
            return None
        due, payers = now
        poor = sum(band.high[1] * n for band, n in rich if band.high[0] * payers < due)
        return due // payers, (cost - poor) // payers

    def pay(self, option: O, low: Line, high: Line) -> None:
        """Take the price from every supporter."""
        moved: dict[int, int] = {0: 0}
        for place in self.purse.supporters[option]:
            where = self.at[place]
            if where not in moved:
                band = self.bands[where].less(low, high)
                if band.high == (0, 0):
                    moved[where] = 0
                else:
                    moved[where] = len(self.bands)
                    self.bands.append(band)
            self.at[place] = moved[where]


def _price(rich: list[tuple[int, int]], cost: int) -> tuple[int, int] | None:
    """Return what those who pay in full owe together and how many they are, or None."""
    if sum([money * n for money, n in rich]) < cost:
        return None
    due, payers = cost, sum([n for _, n in rich])
    while True:
        poor = [pair for pair in rich if pair[0] * payers < due]
        if not poor:
            return due, payers
        rich = [pair for pair in rich if pair[0] * payers >= due]
        due -= sum([money * n for money, n in poor])
        payers -= sum([n for _, n in poor])


def steady(purse: Purse[O], division: Division[O], endowment: Fraction, span: int) -> int:
    """Return by how many units, up to ``span``, the same is shown to be bought in the same order.

    Args:
        purse: projects with whole costs, and their supporters.
        division: what is bought with ``endowment``.
        endowment: what each voter starts with.
        span: how far to look, from 1.
    """
    along = _Range(purse, (endowment, endowment + span))
    order = [each.option for each in division.bought if each.cost]
    waiting = {
        option: (along.costs[option] // purse.voters(option),) * 2
        for option in purse.supporters
        if purse.costs[option]
    }
    for option in order:
        if not _stays_next(along, waiting, option):
            return 0
    for option in waiting:
        if along.below(option, along.supporters(option)) is not None:
            return 0
    return span if along.reach > 1 else ceil(along.reach * span) - 1


def _stays_next(along: _Range[O], waiting: dict[O, Line], option: O) -> bool:
    """Take the price of the project bought next; tell whether none other could come before."""
    del waiting[option]
    rich = along.supporters(option)
    high, low = along.above(option, rich), along.below(option, rich)
    if high is None or low is None:
        return False
    cost = along.costs[option]
    for other in list(waiting):
        rival = along.costs[other]
        if rival == cost and along.purse.supporters[other] == along.purse.supporters[option]:
            continue  # The lot, which put this one first, always will.
        line = waiting[other]
        if min(line[0] * cost - high[0] * rival, line[1] * cost - high[1] * rival) > 0:
            continue
        fresh = along.below(other, along.supporters(other))
        if fresh is None:
            del waiting[other]
            continue
        waiting[other] = fresh
        gap = fresh[0] * cost - high[0] * rival
        if gap <= 0:
            return False
        along.shorten(gap, fresh[1] * cost - high[1] * rival)
    along.pay(option, low, high)
    return True
