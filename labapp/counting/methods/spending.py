"""Methods that spend a budget: what they share, however they choose."""

from collections.abc import Mapping
from typing import Any

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.explain.chart import BudgetBar, Slice, length
from labapp.counting.explain.sentence import Sentence, Teller
from labapp.counting.method import BallotKind, Method
from labapp.counting.outcome import Amount, Count, Outcome, Tie

#: Nothing is funded that nobody votes for, though money were left.
WANTED = {"threshold": "1"}
_TIED = mark(
    "Not decided: it ties with: %(others)s. Which of them comes first was not drawn, because the "
    "minimum was not reached: the count stops there."
)
_STOPPED = mark(
    "Not decided: before its turn these tie: %(tied)s. It was not drawn which comes first, because "
    "the minimum was not reached: the count stops there."
)


class Spending(Method):
    """A method in which options have costs."""

    paper = BallotKind.MARKS
    has_budget = True
    has_seats = False

    def of_one_ballot(self, options: int, most: int, scale: int | None) -> tuple[int, int, int]:
        """Return what one ballot gives: a vote to each that it marks."""
        del options, scale
        return 1, most, 1

    def chart(self, election: Election, counted: Count, *, few: bool) -> BudgetBar:
        """Draw the bar of the budget."""
        del few
        costs, budget = election.costs or {}, counted.budget or 0
        votes = _votes(election, counted)
        funded, spent = [], 0 * budget
        for option in counted.outcome.winners:
            start = length(spent, budget)
            spent += costs[option]
            end = length(spent, budget)
            funded.append(
                Slice(election.names[option], costs[option], votes[option], start, end - start)
            )
        out = tuple(
            Slice(election.names[option], costs[option], votes[option], 0, 0)
            for option in election.options
            if option not in counted.outcome.winners
        )
        return BudgetBar(tuple(funded), out, budget, budget - spent)

    def recounts(self, election: Election, seats: int) -> bool:
        """Whether there is a budget, and each ballot says whom it supports."""
        del seats
        return election.costs is not None and election.rankings is None

    def parameters(
        self, answers: Mapping[str, str], *, budget: int | None, members: int
    ) -> dict[str, str]:
        """Return the threshold."""
        del answers, budget, members
        return dict(WANTED)


def before(outcome: Outcome[str, Any], tie: Tie[str]) -> tuple[Any, ...]:
    """Return the rounds before a tie."""
    end = next(n for n, each in enumerate(outcome.rounds) if each.option == tie.order[0])
    return outcome.rounds[:end]


def why_undecided(teller: Teller, option: str) -> Sentence:
    """Say of a project that the count did not reach that nothing was decided."""
    others = teller.labels(each for each in teller.tied if each != option)
    sentence = _TIED if option in teller.tied else _STOPPED
    return teller.say(option, sentence, others=others, tied=teller.labels(teller.tied))


def _votes(election: Election, counted: Count) -> Mapping[str, Amount]:
    if election.rankings is None:
        return ballot_kinds.worth(election)
    chosen = ballot_kinds.approvals(election, counted.rule)
    return {o: sum(n for marks, n in chosen.items() if o in marks) for o in election.options}
