"""Greedy budgeting: the most voted first, as long as the money lasts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.explain.sentence import Sentence, Teller, format_amount
from labapp.counting.lot import Lot
from labapp.counting.method import Basis
from labapp.counting.methods.additive import levels
from labapp.counting.methods.spending import Spending, before, why_undecided
from labapp.counting.outcome import Amount, O, Outcome, Tie
from labapp.counting.parameters import Options
from labapp.counting.ties import until

_FITS = mark(
    "Funded: it came in place %(place)s with %(votes)s votes; it costs B/. %(cost)s, and "
    "B/. %(before)s were left."
)
_FITS_DRAWN = mark(
    "Funded: it tied on %(votes)s votes with: %(others)s. The public draw put it before, and "
    "B/. %(before)s were left of the B/. %(cost)s that it costs."
)
_TOO_DEAR = mark(
    "Not funded: it came in place %(place)s with %(votes)s votes; it costs B/. %(cost)s, and "
    "B/. %(left)s were left: B/. %(lacking)s too little."
)
_TOO_DEAR_DRAWN = mark(
    "Not funded: it tied on %(votes)s votes with: %(others)s. The public draw put it after, and "
    "then B/. %(left)s were left of the B/. %(cost)s that it costs."
)
_AFTER_STOP = mark(
    "Not funded: the rule stops at the first project that does not fit, “%(first)s”, and this one "
    "has fewer votes or a later lot."
)
_UNDER_THRESHOLD = mark(
    "Not funded: it has %(votes)s votes, and %(threshold)s at least were asked for."
)


@dataclass(frozen=True, slots=True)
class ConsideredProject(Generic[O]):
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
) -> Outcome[O, ConsideredProject[O]]:
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
    rounds: list[ConsideredProject[O]] = []
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
            rounds.append(ConsideredProject(option, level, costs[option], left, funded))
            if stop and not funded:
                return Outcome(_funded(rounds), tuple(rounds), tuple(ties), ballots)
    return Outcome(_funded(rounds), tuple(rounds), tuple(ties), ballots)


def _funded(rounds: list[ConsideredProject[O]]) -> tuple[O, ...]:
    return tuple(each.option for each in rounds if each.funded)


class Greedy(Spending):
    """The most voted first; what does not fit is skipped."""

    name = "greedy"
    label = mark("Budget by votes, skipping what does not fit")
    basis = Basis.SPENDING
    pabulib: ClassVar[Mapping[str, Mapping[str, str]]] = {"greedy": {}, "greedy-threshold": {}}
    reads_threshold = True
    stops = False

    def count(
        self, election: Election, options: Options, lot: Lot[str]
    ) -> Outcome[str, ConsideredProject[str]]:
        """Count the votes, and spend by them."""
        costs, budget = ballot_kinds.projects(election, self.name)
        return greedy(
            costs,
            ballot_kinds.worth(election),
            budget,
            lot,
            ballots=election.ballots,
            stop=self.stops,
            threshold=options.amount("threshold"),
        )

    def stop(self, outcome: Outcome[str, Any], met: tuple[Tie[str], ...]) -> Outcome[str, Any]:
        """End before the first tie."""
        rounds: tuple[ConsideredProject[str], ...] = before(outcome, met[0])
        winners = tuple(each.option for each in rounds if each.funded)
        return replace(outcome, winners=winners, rounds=rounds, ties=until(outcome.ties, met[0]))

    def reasons(self, teller: Teller) -> list[Sentence]:
        """Say of each project whether it fitted in its turn."""
        rounds: tuple[ConsideredProject[str], ...] = teller.counted.outcome.rounds
        considered = {each.option: (place, each) for place, each in enumerate(rounds, 1)}
        sentences = []
        votes = ballot_kinds.worth(teller.election)
        threshold = teller.counted.parameters.get("threshold") or 0
        for option in teller.options:
            if option in considered:
                sentences.append(_considered(teller, *considered[option]))
            elif votes[option] < int(threshold):
                values = {"votes": format_amount(votes[option]), "threshold": str(threshold)}
                sentences.append(teller.say(option, _UNDER_THRESHOLD, **values))
            elif teller.tied:
                sentences.append(why_undecided(teller, option))
            else:
                first = teller.label(rounds[-1].option) if rounds else ""
                sentences.append(teller.say(option, _AFTER_STOP, first=first))
        return sentences


class GreedyStop(Greedy):
    """The most voted first, up to the first that does not fit."""

    name = "greedy-stop"
    label = mark("Budget by votes, stopping at what does not fit")
    pabulib: ClassVar[Mapping[str, Mapping[str, str]]] = {"greedy-no-skip": {}}
    stops = True


GREEDY, GREEDY_STOP = Greedy(), GreedyStop()


def _considered(teller: Teller, place: int, each: ConsideredProject[str]) -> Sentence:
    tie = teller.tie(each.option, "funded")
    if each.funded:
        sentence = _FITS_DRAWN if tie else _FITS
    else:
        sentence = _TOO_DEAR_DRAWN if tie else _TOO_DEAR
    return teller.say(
        each.option,
        sentence,
        place=str(place),
        votes=format_amount(each.votes),
        cost=format_amount(each.cost),
        before=format_amount(each.left + each.cost),
        left=format_amount(each.left),
        lacking=format_amount(each.cost - each.left),
        others=teller.beside(each.option, tie) if tie else "",
    )
