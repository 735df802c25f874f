"""Who supports what, what each voter has left, and at what price supporters can pay together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Generic

from labapp.counting.outcome import Amount, O

#: Parts of one supporter, fine enough that supports which differ seldom share one.
PARTS = 1 << 64
#: Equal ballots are joined when there are this many of them on average, or more.
WORTH_JOINING = 4


@dataclass(slots=True)
class Electorate(Generic[O]):
    """Who supports what: voters with the same ballot share a place, for their money is the same.

    Attributes:
        costs: project -> cost.
        weights: how many voters stand at each place.
        alike: whether one stands at each.
        supporters: project -> places of those who chose it, of the projects somebody chose.
        votes: project -> ballots that chose it, of the same projects.
        ballots: all voters, blank ballots included, for each gets a share.
    """

    costs: Mapping[O, Amount]
    weights: list[int]
    alike: bool
    supporters: dict[O, list[int]]
    votes: dict[O, int]
    ballots: int

    @classmethod
    def of(cls, costs: Mapping[O, Amount], ballots: Mapping[frozenset[O], int]) -> "Electorate[O]":
        """Read the ballots: choices -> how many ballots carry exactly these."""
        voters = sum(ballots.values())
        # Where few ballots are equal, a place for each voter is counted faster.
        apart = voters <= WORTH_JOINING * len(ballots)
        weights: list[int] = []
        supporters: dict[O, list[int]] = {option: [] for option in costs}
        for marks, count in ballots.items():
            for weight in [1] * count if apart else [count] * bool(count):
                for option in marks:
                    supporters[option].append(len(weights))
                weights.append(weight)
        chosen = {option: places for option, places in supporters.items() if places}
        votes = {o: sum([weights[place] for place in places]) for o, places in chosen.items()}
        alike = all(weight == 1 for weight in weights)
        return cls(costs, weights, alike, chosen, votes, voters)

    def voters(self, option: O) -> int:
        """Return how many ballots chose a project."""
        return self.votes.get(option, 0)

    def standing(self, option: O, at: Sequence[int]) -> dict[int, int]:
        """Return class -> supporters of a project, when each place stands in a class.

        Class 0 is that of who has nothing left, and is left out.
        """
        places = self.supporters.get(option, [])
        classes = map(at.__getitem__, places)
        if self.alike:
            voters: dict[int, int] = Counter(classes)
        else:
            voters = {}
            for place, where in zip(places, classes, strict=True):
                voters[where] = voters.get(where, 0) + self.weights[place]
        voters.pop(0, None)
        return voters


def divide_cost(cost: int, rich: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Divide a cost among (money, how many have it), or return None where it is more than all.

    The price is the least that pays it when nobody gives more than they have: who has less than
    an equal part gives all, and the others divide the rest again.

    Returns:
        What those who give the price owe together, and how many they are.
    """
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


@dataclass(frozen=True, slots=True)
class PriceOffer(Generic[O]):
    """What the supporters of a project can pay.

    Attributes:
        option: the project.
        classes: class -> supporters, of those who have something left.
        cost: in coins.
        due: what is left to those who give the price, when the others gave all they had.
        payers: how many these are.
    """

    option: O
    classes: Mapping[int, int]
    cost: int
    due: int
    payers: int

    @property
    def support(self) -> Fraction:
        """Return the effective support: the cost divided by the price."""
        return Fraction(self.cost * self.payers, self.due)

    @property
    def parts(self) -> int:
        """Return the effective support in whole parts of a supporter."""
        return self.cost * self.payers * PARTS // self.due


class Endowments(Generic[O]):
    """What each voter has left, in whole units of a coin that is made smaller when it must.

    Voters who have the same stand in one class, so that long numbers are kept once for each
    class; class 0 is that of who has nothing.
    """

    def __init__(self, purse: Electorate[O], endowment: Fraction) -> None:
        self.purse = purse
        self.coin = lcm(endowment.denominator, *(cost.denominator for cost in purse.costs.values()))
        self.has = [0, int(endowment * self.coin)]
        self.voters = [0, sum(purse.weights)]
        self.at = [1] * len(purse.weights)

    def left(self, option: O) -> tuple[Fraction, int]:
        """Return what the supporters of a project have left, and how many have something."""
        voters = self.purse.standing(option, self.at)
        coins = sum(self.has[where] * n for where, n in voters.items())
        return Fraction(coins, self.coin), sum(voters.values())

    def offer(self, option: O) -> PriceOffer[O] | None:
        """Return at what price the supporters can pay a project, or None."""
        cost = int(self.purse.costs[option] * self.coin)
        classes = self.purse.standing(option, self.at)
        division = divide_cost(cost, [(self.has[where], n) for where, n in classes.items()])
        return None if division is None else PriceOffer(option, classes, cost, *division)

    def pay(self, offer: PriceOffer[O]) -> Fraction:
        """Take the price from every supporter, or all they have; return the price."""
        finer = offer.payers // gcd(offer.due, offer.payers)
        if finer > 1:
            self.coin *= finer
            self.has = [money * finer for money in self.has]
        price = offer.due * finer // offer.payers
        moved = {0: 0}
        for where, count in offer.classes.items():
            moved[where] = self._less(where, count, price)
        at = self.at
        for place in self.purse.supporters[offer.option]:
            at[place] = moved[at[place]]
        return Fraction(price, self.coin)

    def _less(self, where: int, count: int, price: int) -> int:
        """Return where those of a class stand who pay: where they did, if all of it pays."""
        rest = self.has[where] - price
        self.voters[where] -= count
        if rest <= 0:
            return 0
        if not self.voters[where]:
            self.has[where], self.voters[where] = rest, count
            return where
        self.has.append(rest)
        self.voters.append(count)
        return len(self.has) - 1
