"""How far the equal endowment can be raised before equal shares could buy anything else.

While the same projects are bought in the same order, what each voter has left and what each
project would cost its supporters change little by little with the endowment. Here each of them is
held between two straight lines, which are drawn from the endowment now to one some way above.
Where the lines do not cross, nothing changes, so that the method need not be run in between.

The lines rest on this: the price p of a project solves sum(min(money, p)) = cost. If the money is
straight, p is convex: below the line between its ends, and above (cost - money of some) / others,
whoever those some are. All is done in whole numbers, rounded outwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from math import ceil, floor, lcm
from typing import Generic, TypeAlias

from labapp.counting.methods.equal_shares.endowments import PARTS, Electorate, divide_cost
from labapp.counting.methods.equal_shares.rounds import Division
from labapp.counting.outcome import O

#: Money is in parts of the unit of the budget this small.
FINE = 1 << 48
#: A straight line by its values at the two ends.
Line: TypeAlias = tuple[int, int]
#: Money between two lines: the ends of the lower, and of the higher.
Band: TypeAlias = tuple[int, int, int, int]
#: The same, and how many voters have it.
Rich: TypeAlias = Sequence[tuple[Band, int]]


class _Range(Generic[O]):
    """What voters have along the range: who has the same history stands in one class."""

    def __init__(self, purse: Electorate[O], endowment: Fraction, span: int) -> None:
        self.purse, self.span = purse, span
        coin = FINE * lcm(*(cost.denominator for cost in purse.costs.values()))
        self.costs = {
            option: cost.numerator * (coin // cost.denominator)
            for option, cost in purse.costs.items()
        }
        ends = endowment * coin, (endowment + span) * coin
        self.bands: list[Band] = [
            (0, 0, 0, 0),
            (floor(ends[0]), floor(ends[1]), ceil(ends[0]), ceil(ends[1])),
        ]
        self.at = [1] * len(purse.weights)
        #: Units of the range along which everything is shown to stay the same.
        self.reach = span

    def supporters(self, option: O) -> Rich:
        """Return the bands of the supporters who may have something left, with how many."""
        return self.rich(self.purse.standing(option, self.at))

    def rich(self, classes: Mapping[int, int]) -> Rich:
        """Return the bands of voters by class, with how many."""
        bands = self.bands
        return [(bands[at], n) for at, n in classes.items()]

    def in_full(self, option: O, rich: Rich) -> int:
        """Return how many pay a project, if all who have something give the price all along; or 0.

        Its support is then this number, whatever it costs and however far shares are raised.
        """
        payers = sum([n for _, n in rich])
        price = -(-self.costs[option] // payers) if payers else 0
        return payers if all(price <= min(band[:2]) for band, _ in rich) else 0

    def shorten(self, gap: int, end: int) -> None:
        """Shorten the reach to where a line from ``gap`` to ``end`` comes to nothing."""
        if gap <= 0:
            self.reach = 0
        elif end <= 0:
            self.reach = min(self.reach, (gap * self.span - 1) // (gap - end))

    def above(self, option: O, rich: Rich) -> Line | None:
        """Return a line above the price of a project, or None where it may not be paid."""
        cost = self.costs[option]
        first = divide_cost(cost, [(band[0], n) for band, n in rich])
        last = divide_cost(cost, [(band[1], n) for band, n in rich])
        if first is None or last is None:
            return None
        return -(-first[0] // first[1]), -(-last[0] // last[1])

    def below(self, option: O, rich: Rich) -> Line | None:
        """Return a line below the price of a project, or None where nobody can pay it now.

        Who cannot pay it now may later: the reach ends there.
        """
        cost = self.costs[option]
        division = divide_cost(cost, [(band[2], n) for band, n in rich])
        if division is None:
            lacking = [cost - sum([band[end] * n for band, n in rich]) for end in (2, 3)]
            self.shorten(lacking[0], lacking[1])
            return None
        due, payers = division
        poor = sum([band[3] * n for band, n in rich if band[2] * payers < due])
        return due // payers, (cost - poor) // payers

    def pay(self, option: O, low: Line, high: Line) -> None:
        """Take the price, between two lines, from every supporter."""
        at = self.at
        moved: dict[int, int] = {0: 0}
        for place in self.purse.supporters[option]:
            where = at[place]
            if where not in moved:
                moved[where] = self._less(self.bands[where], low, high)
            at[place] = moved[where]

    def _less(self, band: Band, low: Line, high: Line) -> int:
        """Return the class of those who had a band and paid a price; nobody is left owing."""
        most = max(0, band[2] - low[0]), max(0, band[3] - low[1])
        if most == (0, 0):
            return 0
        least = (band[0] - high[0], band[1] - high[1]) if band[0] > high[0] else (0, 0)
        self.bands.append((*least, *most))
        return len(self.bands) - 1


@dataclass(frozen=True, slots=True)
class _Next(Generic[O]):
    """The project bought next: who pays it, how many if all pay in full, a line above its price."""

    option: O
    classes: Mapping[int, int]
    in_full: int
    high: Line


class _Waiting(Generic[O]):
    """The projects not bought yet, each with a line below its price.

    The line may be old: prices only rise, for money only leaves. So who was dearer than the next,
    for each unit of cost, need not be looked at again.
    """

    def __init__(self, along: _Range[O]) -> None:
        self.along = along
        votes = along.purse.votes
        self.options = [option for option in votes if along.costs[option]]
        self.queue: list[tuple[int, int, Line]] = []
        for place, option in enumerate(self.options):
            least = along.costs[option] // votes[option]
            self.put(place, (least, least))

    def put(self, place: int, line: Line) -> None:
        """Let a project wait by its lowest price for each unit of cost."""
        rate = min(line) * PARTS // self.along.costs[self.options[place]]
        heappush(self.queue, (rate, place, line))

    def take(self, option: O) -> None:
        """Take the price of the project bought next, as far as no other could come before."""
        along = self.along
        classes = along.purse.standing(option, along.at)
        rich = along.rich(classes)
        high, low = along.above(option, rich), along.below(option, rich)
        if high is None or low is None:
            along.reach = 0
            return
        near = []
        bought = _Next(option, classes, along.in_full(option, rich), high)
        dearest = max(high) * PARTS // along.costs[option]
        while self.queue and self.queue[0][0] <= dearest:
            _, place, line = heappop(self.queue)
            if self.options[place] != option:
                near.append((place, self.behind(self.options[place], line, bought)))
        for place, fresh in near:
            if fresh:
                self.put(place, fresh)
        along.pay(option, low, high)

    def behind(self, other: O, line: Line, bought: "_Next[O]") -> Line | None:
        """Return a line below the price of another, as far as it is dearer than the next.

        None is for whom nobody can pay any more.
        """
        along, high = self.along, bought.high
        cost, rival = along.costs[bought.option], along.costs[other]
        classes = along.purse.standing(other, along.at)
        if rival == cost and classes == bought.classes:
            return line  # They tie all along: the lot, which put one first, always will.
        if bought.in_full and along.in_full(other, along.rich(classes)) == bought.in_full:
            return line
        if line[0] * cost <= high[0] * rival or line[1] * cost <= high[1] * rival:
            fresh = along.below(other, along.supporters(other))
            if fresh is None:
                return None
            along.shorten(fresh[0] * cost - high[0] * rival, fresh[1] * cost - high[1] * rival)
            return fresh
        return line

    def unpaid(self) -> None:
        """See that nobody can pay what still waits."""
        for _, place, _ in self.queue:
            option = self.options[place]
            if self.along.below(option, self.along.supporters(option)) is not None:
                self.along.reach = 0


def steady(purse: Electorate[O], division: Division[O], endowment: Fraction, span: int) -> int:
    """Return by how many units, up to ``span``, the same is shown to be bought in the same order.

    Args:
        purse: projects and their supporters.
        division: what is bought with ``endowment``.
        endowment: what each voter starts with.
        span: how far to look, from 1.
    """
    along = _Range(purse, endowment, span)
    waiting = _Waiting(along)
    for option in division.order:
        if purse.costs[option]:
            waiting.take(option)
        if not along.reach:
            return 0
    waiting.unpaid()
    return along.reach
