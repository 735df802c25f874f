"""Explaining a count of any rule: the sentences of its options, in the order of the paper."""

from labapp.counting.election import Election
from labapp.counting.explain.sentence import Sentence, Teller
from labapp.counting.methods import METHODS
from labapp.counting.outcome import Counted


def reasons(election: Election, counted: Counted, *, few: bool = False) -> list[Sentence]:
    """Say of every option why it won or lost.

    Args:
        election: what was counted.
        counted: the count, by any rule but a draw of lots.
        few: whether so few voted that where their ballots went is not told.
    """
    return METHODS[counted.rule].reasons(Teller(election, counted, few=few))
