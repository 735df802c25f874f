"""Method of Equal Shares: the money is divided among the voters, who pay for what they chose.

Source: Peters, Pierczyński & Skowron, "Proportional participatory budgeting with additive
utilities", NeurIPS 2021, with cost utility: a project is worth to its supporter what it costs.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Generic

from labapp.domain.tally.ballots import Amount, Lot, O, Tie

#: Equal ballots are joined when there are this many of them on average, or more.
WORTH_JOINING = 4


@dataclass(frozen=True, slots=True)
class Bought(Generic[O]):
    """A project that its supporters paid.

    Attributes:
        option: the project.
        cost: what it costs.
        supporters: ballots that chose it.
        support: supporters it counts as, those who could pay less than the price in part.
        price: the most that one supporter paid.
        in_full: supporters who paid the price; the others paid all they had left.
        left: what is left of the real budget.
    """

    option: O
    cost: Amount
    supporters: int
    support: Fraction
    price: Fraction
    in_full: int
    left: Amount


@dataclass(frozen=True, slots=True)
class Unpaid(Generic[O]):
    """A project that its supporters could not pay.

    Attributes:
        option: the project.
        cost: what it costs.
        supporters: ballots that chose it.
        money: what they had left together.
        broke: supporters who had nothing left.
    """

    option: O
    cost: Amount
    supporters: int
    money: Fraction
    broke: int


@dataclass(slots=True)
class Purse(Generic[O]):
    """Who supports what: voters with the same ballot share a place, for their money is the same.

    Attributes:
        costs: project -> cost.
        weights: how many voters stand at each place.
        supporters: project -> places of those who chose it, of the projects somebody chose.
        ballots: all voters, blank ballots included, for each gets a share.
    """

    costs: Mapping[O, Amount]
    weights: list[int]
    supporters: dict[O, list[int]]
    ballots: int

    @classmethod
    def of(cls, costs: Mapping[O, Amount], ballots: Mapping[frozenset[O], int]) -> "Purse[O]":
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
        return cls(costs, weights, chosen, voters)

    def voters(self, option: O) -> int:
        """Return how many ballots chose a project."""
        return sum(self.weights[place] for place in self.supporters.get(option, ()))


class _Money(Generic[O]):
    """What each voter has left, in whole units of a coin that is made smaller when it must.

    Voters who have the same stand in one class, so that long numbers are kept once for each
    class; class 0 is that of who has nothing.
    """

    def __init__(self, purse: Purse[O], endowment: Fraction) -> None:
        self.purse = purse
        self.alike = all(weight == 1 for weight in purse.weights)
        self.coin = lcm(
            endowment.denominator, *(Fraction(cost).denominator for cost in purse.costs.values())
        )
        self.has = [0, int(endowment * self.coin)]
        self.at = [1] * len(purse.weights)

    def supporters(self, option: O) -> dict[int, int]:
        """Return class -> voters, of the supporters of a project who have something left."""
        places = self.purse.supporters.get(option, [])
        classes = map(self.at.__getitem__, places)
        if self.alike:
            voters: dict[int, int] = Counter(classes)
        else:
            voters = {}
            for place, where in zip(places, classes, strict=True):
                voters[where] = voters.get(where, 0) + self.purse.weights[place]
        voters.pop(0, None)
        return voters

    def unpaid(self, option: O) -> Unpaid[O]:
        """Return what the supporters of a project have left."""
        voters = self.supporters(option)
        money = Fraction(sum(self.has[where] * n for where, n in voters.items()), self.coin)
        chose = self.purse.voters(option)
        cost = self.purse.costs[option]
        return Unpaid(option, cost, chose, money, chose - sum(voters.values()))

    def offer(self, option: O) -> "_Offer | None":
        """Return at what price the supporters can pay a project, or None.

        The price is the least that pays it when nobody gives more than they have: who has less
        than an equal part gives all, and the others divide the rest again.
        """
        cost = int(self.purse.costs[option] * self.coin)
        rich = [(self.has[where], n) for where, n in self.supporters(option).items()]
        if sum([money * n for money, n in rich]) < cost:
            return None
        due, payers = cost, sum([n for _, n in rich])
        while True:
            poor = [pair for pair in rich if pair[0] * payers < due]
            if not poor:
                return _Offer(Fraction(cost * payers, due), due, payers)
            rich = [pair for pair in rich if pair[0] * payers >= due]
            due -= sum([money * n for money, n in poor])
            payers -= sum([n for _, n in poor])

    def pay(self, option: O, offer: "_Offer") -> Fraction:
        """Take the price from every supporter, or all they have; return the price."""
        finer = offer.payers // gcd(offer.due, offer.payers)
        if finer > 1:
            self.coin *= finer
            self.has = [money * finer for money in self.has]
        price = offer.due * finer // offer.payers
        moved = {0: 0}
        for where in self.supporters(option):
            money = self.has[where]
            if money > price:
                moved[where] = len(self.has)
                self.has.append(money - price)
            else:
                moved[where] = 0
        at = self.at
        for place in self.purse.supporters[option]:
            at[place] = moved[at[place]]
        return Fraction(price, self.coin)


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the ``payers`` who can give the price still owe, in coins, when the others gave all."""

    support: Fraction
    due: int
    payers: int


@dataclass(frozen=True, slots=True)
class Division(Generic[O]):
    """One run of the method with one endowment; ``unpaid`` has the projects not bought."""

    bought: tuple[Bought[O], ...]
    unpaid: tuple[Unpaid[O], ...]
    ties: tuple[Tie[O], ...]
    spent: Amount


def divide(purse: Purse[O], endowment: Fraction, budget: Amount, lot: Lot[O]) -> Division[O]:
    """Run the method once, each voter starting with ``endowment``.

    In each round the project bought is the one whose supporters pay the least for each unit of
    its cost; that is, the one with the largest effective support.

    Args:
        purse: projects and their supporters.
        endowment: what each voter has.
        budget: the real budget, which ``left`` counts down.
        lot: the public lot, for projects of the same effective support.
    """
    money = _Money(purse, endowment)
    #: The support a project had when last asked: it only falls, for money only leaves.
    bound = {option: Fraction(purse.voters(option)) for option in purse.supporters}
    bought: list[Bought[O]] = []
    ties: list[Tie[O]] = []
    left = budget

    def buy(option: O, support: Fraction, price: Fraction, in_full: int) -> None:
        nonlocal left
        cost = purse.costs[option]
        left -= cost
        bought.append(Bought(option, cost, purse.voters(option), support, price, in_full, left))
        del bound[option]

    for option in [each for each in bound if not purse.costs[each]]:
        buy(option, bound[option], Fraction(0), purse.voters(option))
    while bound:
        best, offers = _best(money, bound)
        if not offers:
            break
        order: Sequence[O] = tuple(offers)
        if len(offers) > 1:
            drawn = lot.order(offers)
            ties.append(Tie(len(bought) + 1, "funded", tuple(offers), drawn))
            order = drawn
        offer = offers[order[0]]
        buy(order[0], best, money.pay(order[0], offer), offer.payers)
    have = {each.option for each in bought}
    unpaid = tuple(money.unpaid(option) for option in purse.costs if option not in have)
    return Division(tuple(bought), unpaid, tuple(ties), sum(each.cost for each in bought))


def _best(money: _Money[O], bound: dict[O, Fraction]) -> tuple[Fraction, dict[O, _Offer]]:
    """Return the largest effective support and who has it; forget whom nobody can pay any more."""
    best = Fraction(0)
    offers: dict[O, _Offer] = {}
    for option in sorted(bound, key=lambda each: bound[each], reverse=True):
        if bound[option] < best:
            break
        offer = money.offer(option)
        if offer is None:
            del bound[option]
            continue
        bound[option] = offer.support
        if offer.support > best:
            best, offers = offer.support, {option: offer}
        elif offer.support == best:
            offers[option] = offer
    paper = {option: offers[option] for option in money.purse.costs if option in offers}
    return best, paper
