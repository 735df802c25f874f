"""The distinct ballots of a file, kept small and within what a laptop can hold."""

from typing import Generic, TypeVar

from labapp.counting.formats.fields import BadFile

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
