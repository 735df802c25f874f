"""The chart that suits the method of a count."""

from labapp.counting.election import Election
from labapp.counting.explain.chart import Chart
from labapp.counting.methods import METHODS
from labapp.counting.outcome import Counted


def chart(election: Election, counted: Counted, *, few: bool = False) -> Chart:
    """Return the chart of a count by any rule but a draw of lots.

    Args:
        election: what was counted.
        counted: the count.
        few: whether so few voted that only totals are shown.
    """
    return METHODS[counted.rule].chart(election, counted, few=few)
