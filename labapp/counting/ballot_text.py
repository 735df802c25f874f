"""What one ballot holds, checked, written in one line, and read from it.

Marks are ascending positions (``1 3``), a ranking is positions best first (``3 1 2``), points are
positions with their points, ascending, those without points left out (``1:5 3:2``). Nothing at
all is a blank ballot, and valid under every method.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from labapp.counting.election import Election, Marks
from labapp.counting.errors import InvalidBallot, mark
from labapp.counting.method import Method

_STRAY = mark("That option is not on the paper.")
_TOO_MANY = mark("There are too many marks on this ballot.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a ballot of one vote may hold.

    Attributes:
        method: how it is counted.
        options: how many lines the paper has; their positions are 1 to this.
        most: most options that may be marked or ranked.
        scale: score: most points of one option; points: those of all together.
    """

    method: Method
    options: int
    most: int
    scale: int | None = None


def write_marks(terms: Terms, positions: Sequence[int]) -> str:
    """Write a ballot that marks these positions; repeated marks are one.

    Raises:
        InvalidBallot: an option is not on the paper, or there are too many.
    """
    distinct = sorted(set(positions))
    if len(distinct) > (1 if terms.method.marks_one else terms.most):
        raise InvalidBallot(_TOO_MANY)
    _require_known_positions(terms, distinct)
    return " ".join(map(str, distinct))


def write_ranking(terms: Terms, positions: Sequence[int]) -> str:
    """Write a ballot that puts these positions in order, best first.

    Raises:
        InvalidBallot: an option is not on the paper, has two places, or there are too many.
    """
    if len(set(positions)) != len(positions):
        raise InvalidBallot(mark("One option has two places on this ballot."))
    if len(positions) > terms.most:
        raise InvalidBallot(_TOO_MANY)
    _require_known_positions(terms, positions)
    return " ".join(map(str, positions))


def write_points(terms: Terms, points: Mapping[int, int]) -> str:
    """Write a ballot that gives points: position -> points.

    Raises:
        InvalidBallot: an option is not on the paper, or there are more points than may be given.
    """
    given = {position: worth for position, worth in sorted(points.items()) if worth}
    _require_known_positions(terms, list(given))
    if any(worth < 0 for worth in given.values()):
        raise InvalidBallot(mark("Points cannot be less than zero."))
    if terms.method.points_of(list(given.values())) > (terms.scale or 0):
        if terms.method.shares_points:
            raise InvalidBallot(mark("There are more points on this ballot than may be given."))
        raise InvalidBallot(mark("An option has more points than it may get."))
    return " ".join(f"{position}:{worth}" for position, worth in given.items())


def read_points(content: str) -> list[tuple[int, int]]:
    """Read positions and their points, as stored."""
    pairs = (word.split(":") for word in content.split())
    return [(int(position), int(worth)) for position, worth in pairs]


def key(position: int | str) -> str:
    """Return the name of an option in published files: p1, p2 and so on."""
    return f"p{position}"


def put(election: Election, method: Method, ballots: Mapping[str, int]) -> None:
    """Put ballots into an election whose options are named p1, p2 and so on.

    Args:
        election: without ballots yet.
        method: by which they were cast.
        ballots: what a ballot holds -> how many hold exactly this.
    """
    keys = {str(n): key(n) for n in range(1, len(election.options) + 1)}
    if method.ranks:
        ranks = {position: frozenset((name,)) for position, name in keys.items()}
        election.rankings = {
            tuple(ranks[position] for position in text.split()): n for text, n in ballots.items()
        }
    elif method.gives_points:
        election.points = {
            tuple((key(position), worth) for position, worth in read_points(text)): n
            for text, n in ballots.items()
        }
    else:
        election.marks = marks = Marks(election.options)
        for text, n in ballots.items():
            marks.add(map(keys.__getitem__, text.split()), n)


def _require_known_positions(terms: Terms, given: Sequence[int]) -> None:
    if any(not 1 <= position <= terms.options for position in given):
        raise InvalidBallot(_STRAY)
