"""Explaining a count of any rule: the sentences of its options, in the order of the paper."""

from labapp.domain.counting.rules import Counted
from labapp.domain.explain import duels, money, rounds, sums
from labapp.domain.explain.said import Said, Teller
from labapp.domain.formats.election import Election
from labapp.domain.tally.pairwise import Beatpath
from labapp.domain.tally.sums import Sum


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
        return money.shares(teller, told)
    if counted.rule in ("greedy", "greedy-stop"):
        return money.greedy(teller, told)
    if isinstance(told[0], Beatpath):
        return duels.reasons(teller, told[0])
    tally: Sum[str] = told[0]
    return sums.reasons(teller, tally)
