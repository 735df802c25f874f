"""Explaining a count of any rule: the sentences of its options, in the order of the paper."""

from labapp.counting.count import Counted
from labapp.counting.election import Election
from labapp.counting.explain import additive, budgets, rounds, schulze
from labapp.counting.explain.sentence import Said, Teller
from labapp.counting.methods.additive import Sum
from labapp.counting.methods.schulze import Beatpath


def reasons(election: Election, counted: Counted, *, few: bool = False) -> list[Said]:
    """Say of every option why it won or lost.

    Args:
        election: what was counted.
        counted: the count, by any rule but a draw of lots.
        few: whether so few voted that where their ballots went is not told.
    """
    teller = Teller(election, counted, few=few)
    told = counted.outcome.rounds
    if counted.rule == "irv":
        return rounds.runoff(teller, told)
    if counted.rule == "stv":
        return rounds.transfer(teller, told)
    if counted.rule == "equal-shares":
        return budgets.shares(teller, told)
    if counted.rule in ("greedy", "greedy-stop"):
        return budgets.greedy(teller, told)
    if isinstance(told[0], Beatpath):
        return schulze.reasons(teller, told[0])
    tally: Sum[str] = told[0]
    return additive.reasons(teller, tally)
