"""Method of Equal Shares: the money is divided among the voters, who pay for what they chose.

Source: Peters, Pierczyński & Skowron, "Proportional participatory budgeting with additive
utilities", NeurIPS 2021, with cost utility: a project is worth to its supporter what it costs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Generic

from labapp.counting.lot import Lot
from labapp.counting.methods.equal_shares.endowments import (
    PARTS,
    Electorate,
    Endowments,
    PriceOffer,
)
from labapp.counting.outcome import Amount, O, Tie


@dataclass(frozen=True, slots=True)
class BoughtProject(Generic[O]):
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
class UnpaidProject(Generic[O]):
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


class _Queue(Generic[O]):
    """The projects not bought yet, by the support that each had when last asked.

    Support only falls, for money only leaves: who had less than the best need not be asked again.
    """

    def __init__(self, money: Endowments[O]) -> None:
        self.money = money
        self.options = list(money.purse.costs)
        self.place = {option: place for place, option in enumerate(self.options)}
        self.queue = [
            (-votes * PARTS, self.place[option])
            for option, votes in money.purse.votes.items()
            if money.purse.costs[option]
        ]
        heapify(self.queue)

    def best(self) -> list[PriceOffer[O]]:
        """Take out those of the largest support, in the order of the paper; forget the unpayable.

        Supports are compared in whole parts, and exactly where these are equal.
        """
        asked: list[tuple[int, PriceOffer[O]]] = []
        most = 0
        while self.queue and -self.queue[0][0] >= most:
            _, place = heappop(self.queue)
            offer = self.money.offer(self.options[place])
            if offer is not None:
                parts = offer.parts
                asked.append((parts, offer))
                most = max(most, parts)
        best = [offer for parts, offer in asked if parts == most]
        if len(best) > 1:
            exact = max(offer.support for offer in best)
            best = [offer for offer in best if offer.support == exact]
            best.sort(key=lambda offer: self.place[offer.option])
        self.put_back(offer for _, offer in asked if offer not in best)
        return best

    def put_back(self, offers: Iterable[PriceOffer[O]]) -> None:
        """Let projects wait for another round."""
        for offer in offers:
            heappush(self.queue, (-offer.parts - 1, self.place[offer.option]))


@dataclass(frozen=True, slots=True)
class Division(Generic[O]):
    """One run of the method with one endowment, and what it left to each voter."""

    bought: tuple[BoughtProject[O], ...]
    ties: tuple[Tie[O], ...]
    spent: Amount
    money: Endowments[O]

    @property
    def order(self) -> tuple[O, ...]:
        """Return the projects in the order in which they were bought."""
        return tuple(each.option for each in self.bought)

    @property
    def unpaid(self) -> tuple[UnpaidProject[O], ...]:
        """Return the projects not bought, with what their supporters have left."""
        have = set(self.order)
        purse = self.money.purse
        unpaid = []
        for option, cost in purse.costs.items():
            if option not in have:
                chose = purse.voters(option)
                money, able = self.money.left(option)
                unpaid.append(UnpaidProject(option, cost, chose, money, chose - able))
        return tuple(unpaid)


def divide(purse: Electorate[O], endowment: Fraction, budget: Amount, lot: Lot[O]) -> Division[O]:
    """Run the method once, each voter starting with ``endowment``.

    In each round the project bought is the one whose supporters pay the least for each unit of
    its cost; that is, the one with the largest effective support.

    Args:
        purse: projects and their supporters.
        endowment: what each voter has.
        budget: the real budget, which ``left`` counts down.
        lot: the public lot, for projects of the same effective support.
    """
    money = Endowments(purse, endowment)
    bought: list[BoughtProject[O]] = []
    ties: list[Tie[O]] = []
    left = budget

    def buy(option: O, support: Fraction, price: Fraction, in_full: int) -> None:
        nonlocal left
        cost = purse.costs[option]
        left -= cost
        bought.append(
            BoughtProject(option, cost, purse.voters(option), support, price, in_full, left)
        )

    for option, votes in purse.votes.items():
        if not purse.costs[option]:
            buy(option, Fraction(votes), Fraction(0), votes)
    waiting = _Queue(money)
    while offers := waiting.best():
        offer = offers[0]
        if len(offers) > 1:
            tied = tuple(each.option for each in offers)
            order = lot.order(tied)
            ties.append(Tie(len(bought) + 1, "funded", tied, order))
            offer = offers[tied.index(order[0])]
            waiting.put_back(each for each in offers if each is not offer)
        buy(offer.option, offer.support, money.pay(offer), offer.payers)
    return Division(tuple(bought), tuple(ties), budget - left, money)
