"""Election: options and ballots, wherever they were read."""

from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field

from labapp.counting.outcome import Amount, Points, Ranking


@dataclass(slots=True)
class Election:
    """Options and ballots, each option by the name it has in the file.

    Attributes:
        options: in the order of the file.
        names: option -> what is printed on the paper: the lot draws on it.
        ballots: how many there are, blank ones included.
        marks: approvals -> ballots, if the file holds approvals.
        points: points -> ballots, if it holds points.
        rankings: ranking -> ballots, if it holds rankings.
        costs: option -> cost, if it holds projects.
        budget: what there is to spend, if it is said.
        hands: option -> hands raised for it in a hall: totals that no ballot stands behind. Only
            plurality and approval can add them.
        people: how many stood in that hall; no part of ``ballots``.
        said: the metadata, key -> value.
        said_at: key -> its line, where the file is read by lines.
        remarks: sentences on what the file says of itself and is not so.
    """

    options: tuple[str, ...]
    names: dict[str, str]
    ballots: int = 0
    marks: Mapping[frozenset[str], int] | None = None
    points: dict[Points[str], int] | None = None
    rankings: dict[Ranking[str], int] | None = None
    costs: dict[str, Amount] | None = None
    budget: Amount | None = None
    hands: Mapping[str, int] = field(default_factory=dict)
    people: int = 0
    said: Mapping[str, str] = field(default_factory=dict)
    said_at: Mapping[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    @property
    def raises_hands(self) -> bool:
        """Whether hands were raised for an option."""
        return any(self.hands.values())


class Marks(Mapping[frozenset[str], int]):
    """Approvals -> ballots; each is kept as a text with a letter for each option."""

    def __init__(self, options: Sequence[str]) -> None:
        self.letters = {option: chr(n) for n, option in enumerate(options)}
        self.options = {letter: option for option, letter in self.letters.items()}
        self.counts: dict[str, int] = {}

    def text(self, marks: Iterable[str]) -> str:
        """Return the letters of some options, in the order of the paper."""
        return "".join(sorted(map(self.letters.__getitem__, marks)))

    def marks(self, text: str) -> frozenset[str]:
        """Return the options of some letters."""
        return frozenset(map(self.options.__getitem__, text))

    def add(self, marks: Iterable[str], count: int) -> None:
        """Add ballots that mark the same options."""
        text = self.text(marks)
        self.counts[text] = self.counts.get(text, 0) + count

    def __getitem__(self, marks: frozenset[str]) -> int:
        return self.counts[self.text(marks)]

    def __iter__(self) -> Iterator[frozenset[str]]:
        return map(self.marks, self.counts)

    def __len__(self) -> int:
        return len(self.counts)

    def items(self) -> ItemsView[frozenset[str], int]:
        """Return each set of marks with its ballots."""
        return _Items(self)

    def values(self) -> ValuesView[int]:
        """Return how many ballots are alike."""
        return self.counts.values()


class _Items(ItemsView[frozenset[str], int]):
    """Marks with their ballots, none looked up."""

    _mapping: Marks

    def __iter__(self) -> Iterator[tuple[frozenset[str], int]]:
        return ((self._mapping.marks(text), n) for text, n in self._mapping.counts.items())
