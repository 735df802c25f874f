"""A count explained: the chart that suits its method, and a sentence for each option."""

from labapp.counting.election import Election
from labapp.counting.explain.chart import Chart
from labapp.counting.explain.sentence import Sentence, Teller
from labapp.counting.methods import METHODS
from labapp.counting.outcome import Count


def chart(election: Election, counted: Count, *, few: bool = False) -> Chart:
    """Return the chart of a count by any rule but a draw of lots.

    Args:
        election: what was counted.
        counted: the count.
        few: whether so few voted that only totals are shown.
    """
    return METHODS[counted.rule].chart(election, counted, few=few)


def reasons(election: Election, counted: Count, *, few: bool = False) -> list[Sentence]:
    """Say of every option why it won or lost, in the order of the paper.

    Args:
        election: what was counted.
        counted: the count, by any rule but a draw of lots.
        few: whether so few voted that where their ballots went is not told.
    """
    return METHODS[counted.rule].reasons(Teller(election, counted, few=few))
