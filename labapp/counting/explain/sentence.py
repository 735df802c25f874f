"""A sentence of an explanation, and how its values are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from labapp.counting.election import Election
from labapp.counting.outcome import Amount, Count, Tie
from labapp.counting.ties import ORDER

#: How many of those who received votes are named; the others are in the table.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Sentence:
    """Why one option won or lost.

    Attributes:
        option: its name in the count.
        won: whether it was chosen.
        sentence: marked, in English, with ``%(name)s`` places for ``values``.
        values: text, fit to be shown.
    """

    option: str
    won: bool
    sentence: str
    values: Mapping[str, str]

    @property
    def text(self) -> str:
        """Return the sentence in English."""
        return self.sentence % self.values


class Teller:
    """What every explanation needs of a count.

    Attributes:
        election: what was counted.
        counted: the count.
        few: whether so few voted that where ballots went is not told.
        tied: who ties without a draw, that was not held because the minimum was not reached.
        stopped: whether the count ended at that tie, for all that follows hangs on it.
    """

    def __init__(self, election: Election, counted: Count, *, few: bool) -> None:
        self.election, self.counted, self.few = election, counted, few
        self.winners = counted.outcome.winners
        self.options = election.options
        last = None if counted.drawn else counted.outcome.ties[-1]
        self.tied = last.among if last else ()
        self.stopped = last is not None and last.over != ORDER

    def label(self, option: str) -> str:
        """Return the words on the paper."""
        return self.election.names[option]

    def labels(self, options: Iterable[str]) -> str:
        """Return the words of several."""
        return "; ".join(map(self.label, options))

    def pairs(self, amounts: Mapping[str, Amount]) -> str:
        """Return options with what each received, most first; of many, those with most."""
        most = sorted(amounts, key=lambda option: -amounts[option])
        named = [
            f"{self.label(o)}: {format_amount(amounts[o])}" for o in most[:NAMED] if amounts[o]
        ]
        return "; ".join(named) + ("; …" if len(most) > NAMED else "")

    def say(self, option: str, sentence: str, **values: str) -> Sentence:
        """Say a sentence of an option."""
        return Sentence(option, option in self.winners, sentence, values)

    def tie(self, option: str, over: str, number: int | None = None) -> Tie[str] | None:
        """Return the tie in which an option was, if any; ``number``: in this round."""
        return next(
            (
                tie
                for tie in self.counted.outcome.ties
                if tie.over == over and option in tie.among and number in (None, tie.round)
            ),
            None,
        )

    def beside(self, option: str, tie: Tie[str]) -> str:
        """Return the words of the others in a tie."""
        return self.labels(each for each in tie.among if each != option)


def format_amount(amount: Amount) -> str:
    """Return a number fit to be read: thousands apart, no more than two decimals."""
    cents = round(Fraction(amount) * 100)
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{whole:,}" + (f".{rest:02}".rstrip("0") if rest else "")
