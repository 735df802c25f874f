"""How many days a review has been in each side's hands: the clock of one stops for the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class ReviewDays:
    """Calendar days in the hands of ANTAI and of the lab."""

    antai: int
    lab: int


def days_held(sent_on: date, turns: Iterable[tuple[date, date | None]], until: date) -> ReviewDays:
    """Return the days each side has held a review.

    Args:
        sent_on: when the lab sent it.
        turns: for each return to the lab, the day and the day of the answer, None while owed.
        until: today, or the day it was validated.
    """
    lab = sum(((answered or until) - returned).days for returned, answered in turns)
    return ReviewDays(antai=(until - sent_on).days - lab, lab=lab)


def extended_due(due_on: date, returned_on: date, answered_on: date) -> date:
    """Return the day due once the days spent in the lab's hands are added."""
    return due_on + timedelta(days=(answered_on - returned_on).days)
