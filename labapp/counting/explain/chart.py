"""The figures of a chart, ready to be drawn, and the same figures as a table."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from labapp.counting.errors import mark
from labapp.counting.explain.sentence import format_amount
from labapp.counting.outcome import Amount

#: Lengths are whole parts of this: the width of the drawing.
WIDTH = 1000
#: What bars measure.
VOTES = mark("Votes for it")
POINTS = mark("Points")
FIRST_PLACES = mark("First places")


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The figures in words: headings are marked, cells are text fit to be shown."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(ABC):
    """A chart; ``kind`` says how it is drawn, and what it has besides its table is asked of it."""

    kind: ClassVar[str]

    @property
    def of_votes(self) -> bool:
        """Whether its bars are votes."""
        return False

    @property
    def of_places(self) -> bool:
        """Whether its bars are first places."""
        return False

    @property
    @abstractmethod
    def table(self) -> ChartTable:
        """The same figures as rows."""

    def measures(self) -> tuple["Bar", ...]:
        """Return one bar for each option, where each has one."""
        return ()

    def steps(self) -> tuple["ChartRound", ...]:
        """Return its rounds, where one follows another."""
        return ()

    def comparisons(self, _label: str) -> tuple["Duel", ...]:
        """Return one option beside each other one, where they are compared."""
        return ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One option.

    Attributes:
        option: its name in the count.
        label: its words.
        amount: votes or points.
        length: of the longest possible, in parts of ``WIDTH``.
        chosen: whether it was chosen.
    """

    option: str
    label: str
    amount: Amount
    length: int
    chosen: bool

    @property
    def shown(self) -> str:
        """The amount, fit to be read."""
        return format_amount(self.amount)


@dataclass(frozen=True, slots=True)
class Bars(Chart):
    """A bar for each option; ``head`` says, marked, what they measure."""

    kind = "bars"
    head: str
    bars: tuple[Bar, ...]

    @property
    def of_votes(self) -> bool:
        """Whether its bars are votes."""
        return self.head == VOTES

    @property
    def of_places(self) -> bool:
        """Whether its bars are first places."""
        return self.head == FIRST_PLACES

    def measures(self) -> tuple[Bar, ...]:
        """Return its bars."""
        return self.bars

    @property
    def table(self) -> ChartTable:
        """The same as rows."""
        rows = tuple((bar.label, bar.shown) for bar in self.bars)
        return ChartTable((mark("Option"), self.head), rows)


@dataclass(frozen=True, slots=True)
class Move:
    """Ballots that went on: from whom, to whom (None: no other choice), how many."""

    giver: str
    taker: str | None
    amount: Amount

    @property
    def shown(self) -> str:
        """The amount, fit to be read."""
        return format_amount(self.amount)


@dataclass(frozen=True, slots=True)
class ChartRound:
    """One round.

    Attributes:
        number: from 1.
        bars: who continued, in the order of the paper.
        needed: votes that choose.
        line: where ``needed`` stands, in parts of ``WIDTH``.
        chosen: the words of who was chosen now.
        fallen: the words of who fell now.
        moves: where ballots went, in words; empty where so few voted that it is not told.
    """

    number: int
    bars: tuple[Bar, ...]
    needed: Amount
    line: int
    chosen: tuple[str, ...]
    fallen: tuple[str, ...]
    moves: tuple[Move, ...]

    @property
    def needed_shown(self) -> str:
        """What was needed, fit to be read."""
        return format_amount(self.needed)


@dataclass(frozen=True, slots=True)
class Rounds(Chart):
    """Rounds of transfers."""

    kind = "rounds"
    rounds: tuple[ChartRound, ...]

    def steps(self) -> tuple[ChartRound, ...]:
        """Return its rounds."""
        return self.rounds

    @property
    def table(self) -> ChartTable:
        """A row for each option, a column for each round, and what was needed in the last row."""
        labels = dict.fromkeys(bar.label for each in self.rounds for bar in each.bars)
        cells = [{bar.label: bar.shown for bar in each.bars} for each in self.rounds]
        rows = [(label, *(row.get(label, "—") for row in cells)) for label in labels]
        needed = ("", *(format_amount(each.needed) for each in self.rounds))
        heads = (mark("Option"), *(str(each.number) for each in self.rounds))
        return ChartTable(heads, (*rows, needed))


@dataclass(frozen=True, slots=True)
class Slice:
    """A project on the bar of the budget: where it begins and how long it is, of ``WIDTH``."""

    label: str
    cost: Amount
    votes: Amount
    start: int
    length: int

    @property
    def shown(self) -> str:
        """The cost, fit to be read."""
        return format_amount(self.cost)


@dataclass(frozen=True, slots=True)
class BudgetBar(Chart):
    """The bar of a budget.

    Attributes:
        funded: in the order in which they were.
        out: those not funded, in the order of the paper; they have no place on the bar.
        budget: what there was.
        left: what is left of it.
    """

    kind = "money"
    funded: tuple[Slice, ...]
    out: tuple[Slice, ...]
    budget: Amount
    left: Amount

    @property
    def table(self) -> ChartTable:
        """The same as rows; the last is what is left."""
        rows = [
            (each.label, format_amount(each.votes), each.shown, "✓" if each in self.funded else "")
            for each in (*self.funded, *self.out)
        ]
        heads = (mark("Option"), VOTES, mark("Cost, B/."), mark("Funded"))
        return ChartTable(heads, (*rows, ("", "", format_amount(self.left), "")))


@dataclass(frozen=True, slots=True)
class Duel:
    """Two options side by side: how many ballots put each before the other."""

    label: str
    other: str
    before: int
    after: int
    length: int
    other_length: int


@dataclass(frozen=True, slots=True)
class Duels(Chart):
    """Every option against every other, in the order of the result."""

    kind = "duels"
    duels: tuple[Duel, ...]

    def comparisons(self, label: str) -> tuple[Duel, ...]:
        """Return each comparison of one option, with it on the left."""
        return tuple(
            duel
            if duel.label == label
            else Duel(label, duel.label, duel.after, duel.before, duel.other_length, duel.length)
            for duel in self.duels
            if label in (duel.label, duel.other)
        )

    @property
    def table(self) -> ChartTable:
        """The same as rows."""
        rows = tuple((d.label, str(d.before), str(d.after), d.other) for d in self.duels)
        heads = (mark("Option"), mark("Put before"), mark("Put after"), mark("The other option"))
        return ChartTable(heads, rows)


def length(amount: Amount, most: Amount) -> int:
    """Return how long a bar is when ``most`` is the whole width."""
    return round(Fraction(amount) * WIDTH / most) if most else 0


def largest(amounts: Iterable[Amount]) -> Amount:
    """Return the largest amount; of none, 0."""
    return max(amounts, default=0)
