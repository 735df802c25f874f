"""Ways: what can be chosen of a vote beyond the plain one, and how its lines are read."""

import re
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark
from labapp.domain.method import Method

#: Ways to take part in the hall; an account is always one more.
HALL = {
    Channel.CARD.value: _l("With a voting card: a printed code, on any phone or the tablet"),
    Channel.PAPER.value: _l("On paper, typed in twice by two people"),
    Channel.HANDS.value: _l("By a show of hands, with two witnesses: only one mark or approval"),
}
#: Whatever is not offered plainly.
OTHERS = {
    method.value: _l(method.label)
    for method in Method
    if method not in (Method.APPROVAL, Method.EQUAL_SHARES)
}
FALLING = {
    "single": _l("The last one"),
    "batch": _l("All who can no longer win"),
}
RAISING = {
    "budget": _l("Raise everybody's share until the next step would cost too much"),
    "exhaustive": _l("Raise everybody's share until nothing more fits"),
    "none": _l("Nothing: it is not spent"),
}
FILLING = {
    "votes": _l("It goes to what still fits, by votes"),
    "none": _l("It is not spent"),
}
#: Nothing is funded that nobody votes for, though money were left.
WANTED = {"threshold": "1"}
#: Points where none are written.
POINTS = {Method.SCORE: 5, Method.POINTS: 10}
#: Shares are raised by a thousandth of what each begins with, and never by less than one balboa.
_STEPS = 1000
_PRICED = re.compile(
    r"(.+?)\s*(?:[:=|]|B/\.?)\s*(?:B/\.?\s*)?(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?:\.00)?", re.ASCII
)


def increment(budget: int, members: int) -> str:
    """Return by how much each share is raised at a time, as the rule takes it.

    Args:
        budget: whole balboas.
        members: how many may vote, as far as is known when the vote is announced.
    """
    return str(max(1, budget // (_STEPS * max(1, members))))


def lines(typed: str) -> list[str]:
    """Return the options typed, one a line."""
    return [" ".join(line.split()) for line in typed.splitlines() if line.strip()]


def priced(typed: Iterable[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words and the cost of lines like "Mend the tank: 4,800".

    Raises:
        Conflict: a line has no cost at its end.
    """
    words, costs = [], []
    for line in typed:
        found = _PRICED.fullmatch(line)
        if not found:
            sentence = mark("Write the cost of “%(option)s” at the end of its line, after a colon.")
            raise Conflict(sentence, option=line[:60], field="lines")
        words.append(found[1])
        costs.append(int(found[2].replace(",", "")))
    return tuple(words), tuple(costs)
