"""The distinct ballots of a file, kept small and within what a laptop can hold."""

from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from typing import Generic, TypeVar

from labapp.counting.election import BadFile

B = TypeVar("B")
#: Names in all distinct ballots together, some 8 bytes each. Pabulib's largest files would have 10
#: million if every one of 100,000 voters ranked each of 100 projects and no two agreed.
MOST_NAMES = 40_000_000
#: What a ballot takes besides its names, as so many names; and what each name takes that other
#: ballots do not share, in a tie or with points that are rare.
OWN, APART = 20, 24


class Urn(Generic[B]):
    """Ballots -> how many are exactly so."""

    def __init__(self, ballots: dict[B, int] | None = None) -> None:
        self.ballots: dict[B, int] = {} if ballots is None else ballots
        self.names = 0

    def put(self, ballot: B, line: int, names: int, count: int = 1) -> None:
        """Add ballots of a line that are alike.

        Args:
            ballot: what they hold.
            line: where they stand.
            names: how many names that is.
            count: how many they are.

        Raises:
            BadFile: there are more distinct ballots than any election had.
        """
        if ballot in self.ballots:
            self.ballots[ballot] += count
        else:
            self.weigh(line, OWN + names)
            self.ballots[ballot] = count

    def weigh(self, line: int, names: int) -> None:
        """Take note of memory, in names, and refuse a file that needs too much of it."""
        self.names += names
        if self.names > MOST_NAMES:
            raise BadFile(line, "the file has more distinct ballots than can be counted")


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
