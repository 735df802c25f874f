"""What can be chosen of a vote beyond the plain one, and how its lines are read."""

import re
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from labapp.counting.method import Method, MethodQuestion
from labapp.counting.methods import METHODS
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, mark

#: Ways to take part in the hall; an account is always one more.
HALL = {
    Channel.CARD.value: _l("With a voting card: a printed code, on any phone or the tablet"),
    Channel.PAPER.value: _l("On paper, typed in twice by two people"),
    Channel.HANDS.value: _l("By a show of hands, with two witnesses: only one mark or approval"),
}
#: Whatever is not offered plainly.
OTHERS = {name: _l(method.label) for name, method in METHODS.items() if not method.is_plain}
#: What the form asks of one method or another, each below the plain questions.
QUESTIONS = tuple(q for method in METHODS.values() for q in method.questions if q.asked)
_PRICED = re.compile(
    r"(.+?)\s*(?:[:=|]|B/\.?)\s*(?:B/\.?\s*)?(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?:\.00)?", re.ASCII
)


def plain(*, has_budget: bool) -> Method:
    """Return the method of a vote for which nobody asks for another."""
    return next(m for m in METHODS.values() if m.is_plain and m.has_budget is has_budget)


def choices(question: MethodQuestion) -> dict[str, object]:
    """Return the answers that a question has, in the reader's language."""
    return {answer: _l(words) for answer, words in (question.choices or {}).items()}


def lines(typed: str) -> list[str]:
    """Return the options typed, one a line."""
    return [" ".join(line.split()) for line in typed.splitlines() if line.strip()]


def priced_lines(typed: Iterable[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words and the cost of lines like "Mend the tank: 4,800".

    Raises:
        Conflict: a line has no cost at its end.
    """
    words, costs = [], []
    for line in typed:
        priced = _PRICED.fullmatch(line)
        if not priced:
            sentence = mark("Write the cost of “%(option)s” at the end of its line, after a colon.")
            raise Conflict(sentence, option=line[:60], field="lines")
        words.append(priced[1])
        costs.append(int(priced[2].replace(",", "")))
    return tuple(words), tuple(costs)
