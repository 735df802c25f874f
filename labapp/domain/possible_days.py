"""Days that can be: nothing here happened before the century, nor is promised a life ahead.

The labs come from the plans of open government that Panama has since it joined in 2012, and the
oldest work or contract that one of them watches is of this century. What is promised (a step, a
work, the end of a plan) is due within the life of a concession. What lies outside is a slip of
the finger: 1990 for 2026, 2126 for 2026.
"""

from datetime import date, datetime

from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day

#: The first and the last day that any row of this site may hold.
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
#: How far ahead of the day on which it is written somebody may write one.
YEARS_AHEAD = 30

SENTENCE = mark(
    "That day cannot be: write one from the year %(first)s on and at most %(years)s years ahead."
)


class ImpossibleDay(Conflict):
    """A day that nothing of this site can be of."""

    def __init__(self) -> None:
        super().__init__(SENTENCE, **limits())


def limits() -> dict[str, str]:
    """Return what the sentence names."""
    return {"first": str(FIRST.year), "years": str(YEARS_AHEAD)}


def is_possible(when: date | datetime, today: date | None = None) -> bool:
    """Tell whether something of this site may be of this day.

    Args:
        when: a day, or an instant, which is of its day in Panama.
        today: the day on which somebody writes it; without it, only what no row may hold is not.
    """
    if not FIRST.year <= when.year <= LAST.year + 1:
        return False
    day = local_day(when)
    in_reach = today is None or day.year <= today.year + YEARS_AHEAD
    return FIRST <= day <= LAST and in_reach
