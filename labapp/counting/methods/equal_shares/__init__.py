"""Equal shares as a method: its options, where it stops undrawn, and its sentences."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.explain.sentence import Sentence, Teller
from labapp.counting.lot import Lot
from labapp.counting.method import Basis, MethodQuestion, Payment, Payments
from labapp.counting.methods.equal_shares.completion import (
    Fill,
    SharesCompletion,
    SharesOutcome,
    equal_shares,
)
from labapp.counting.methods.equal_shares.payments import why_paid
from labapp.counting.methods.equal_shares.rounds import BoughtProject
from labapp.counting.methods.greedy import ConsideredProject
from labapp.counting.methods.spending import WANTED, Spending, before, why_undecided
from labapp.counting.outcome import Count, Outcome, Tie
from labapp.counting.parameters import Options
from labapp.counting.ties import until

#: Shares are raised by a thousandth of what each begins with, and never by less than one balboa.
STEPS = 1000


class EqualShares(Spending):
    """The money is divided among the voters, who pay for what they chose."""

    name = "equal-shares"
    label = mark("Sharing a budget: each person's support pays an equal part")
    basis = Basis.NOTHING
    is_plain = True
    ties_over = ("funded",)
    recount: ClassVar[Mapping[str, str]] = {"fill": "votes"}
    pabulib: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "equalshares": {},
        # Pabulib's add1 ends by votes.
        "equalshares/add1": {"completion": "exhaustive", "fill": "votes"},
    }
    questions = (
        MethodQuestion(
            "completion",
            mark("Money that nobody can spend alone"),
            mark("Sharing a budget: and the money that nobody can spend alone?"),
            {
                "budget": mark("Raise everybody's share until the next step would cost too much"),
                "exhaustive": mark("Raise everybody's share until nothing more fits"),
                "none": mark("Nothing: it is not spent"),
            },
            "budget",
        ),
        MethodQuestion("increment", mark("Each step raises a share by")),
        MethodQuestion(
            "fill",
            mark("What is left at the end"),
            mark("Sharing a budget: and what is left at the end?"),
            {
                "votes": mark("It goes to what still fits, by votes"),
                "none": mark("It is not spent"),
            },
            "votes",
        ),
    )

    def count(self, election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
        """Divide the budget, and let the supporters pay."""
        costs, budget = ballot_kinds.projects(election, self.name)
        return equal_shares(
            costs,
            ballot_kinds.approvals(election, self.name),
            budget,
            lot,
            completion=options.choice("completion", SharesCompletion.NONE),
            fill=options.choice("fill", Fill.NONE),
            increment=options.number("increment", 1, least=1) or 1,
            # Told only where it is asked for: the first published counts know nothing of it.
            threshold=options.amount("threshold") if "threshold" in options.given else 0,
            raised=options.raised,
            progress=options.progress,
        )

    def stop(self, outcome: Outcome[str, Any], met: tuple[Tie[str], ...]) -> Outcome[str, Any]:
        """End before the first tie."""
        rounds = before(outcome, met[0])
        winners = tuple(each.option for each in rounds if _is_funded(each))
        return replace(outcome, winners=winners, rounds=rounds, ties=until(outcome.ties, met[0]))

    def reasons(self, teller: Teller) -> list[Sentence]:
        """Say of each project what its supporters paid, or lacked."""
        by_option = {each.option: each for each in teller.counted.outcome.rounds}
        shares = _shares(teller.counted)
        unpaid = {each.option: each for each in shares.unpaid} if shares else {}
        return [
            why_undecided(teller, option)
            if teller.tied and option not in by_option
            else why_paid(teller, option, by_option.get(option), unpaid.get(option))
            for option in teller.options
        ]

    def tells_rounds(self, outcome: Outcome[str, Any]) -> bool:
        """Whether nobody could pay anything, and all went by votes."""
        return all(isinstance(each, ConsideredProject) for each in outcome.rounds)

    def payments(self, counted: Count) -> Payments | None:
        """Return the shares, and what each project was paid."""
        shares = _shares(counted)
        if shares is None:
            return None
        funded = [_payment(each) for each in counted.outcome.rounds if _is_funded(each)]
        return Payments(shares.first, shares.last, shares.raises, shares.increment, funded)

    def raises_shares(self, parameters: Mapping[str, str]) -> bool:
        """Whether what nobody can spend alone raises the shares."""
        return parameters.get("completion", "none") != "none"

    def parameters(
        self, answers: Mapping[str, str], *, budget: int | None, members: int
    ) -> dict[str, str]:
        """Return the threshold, and what is done with what is left."""
        if budget is None:
            return dict(WANTED)
        asked = (each for each in self.questions if each.asked)
        answered = {each.name: answers.get(each.name) or each.usual for each in asked}
        return {**WANTED, **answered, "increment": increment(budget, members)}


EQUAL_SHARES = EqualShares()


def increment(budget: int, members: int) -> str:
    """Return by how much each share is raised at a time, as the rule takes it.

    Args:
        budget: whole balboas.
        members: how many may vote, as far as is known when the vote is announced.
    """
    return str(max(1, budget // (STEPS * max(1, members))))


def _shares(counted: Count) -> Any:
    outcome = counted.outcome
    return outcome.shares if isinstance(outcome, SharesOutcome) else None


def _is_funded(each: Any) -> bool:
    return isinstance(each, BoughtProject) or (isinstance(each, ConsideredProject) and each.funded)


def _payment(each: BoughtProject[str] | ConsideredProject[str]) -> Payment:
    if isinstance(each, ConsideredProject):
        return Payment(each.option, each.cost, each.left)
    paid = each.price, each.in_full, each.supporters
    return Payment(each.option, each.cost, each.left, *paid)
