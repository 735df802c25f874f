"""The ballots of a file as a rule needs them: marks, points or rankings."""

from collections.abc import Mapping

from labapp.domain.errors import Refusal
from labapp.domain.formats.election import Election
from labapp.domain.tally.ballots import Amount, Rank, Ranking, Spoilt
from labapp.domain.tally.sums import Points

Marks = dict[frozenset[str], int]


def rankings(election: Election, rule: str) -> dict[Ranking[str], int]:
    """Return the rankings, or refuse a file without them."""
    if election.rankings is None:
        raise _lacks(rule, "rankings")
    return election.rankings


def single(election: Election, rule: str) -> Marks:
    """Return the one choice of each ballot: its mark, or what it ranks first.

    Of a rank that is spoilt nobody knows whom it means: ``spoilt`` counts these ballots.
    """
    if election.marks is not None:
        return election.marks
    if election.rankings is None:
        raise _lacks(rule, "marks or rankings")
    firsts: Marks = {}
    for ranking, count in election.rankings.items():
        first = _first(ranking)
        if not isinstance(first, Spoilt):
            firsts[first] = firsts.get(first, 0) + count
    return firsts


def spoilt(election: Election) -> int:
    """Return how many ballots have a first choice that nobody can read."""
    if election.marks is not None:
        return 0
    ballots = election.rankings or {}
    return sum(count for ranking, count in ballots.items() if _first(ranking) is Spoilt.OVERVOTE)


def _first(ranking: Ranking[str]) -> Rank[str]:
    """Return the first rank that is not empty."""
    return next((rank for rank in ranking if rank), frozenset())


def chosen(election: Election, rule: str) -> Marks:
    """Return the options that each ballot supports: marked, given points, or ranked."""
    if election.marks is not None:
        return election.marks
    support: Marks = {}
    if election.points is not None:
        for given, count in election.points.items():
            marks = frozenset(option for option, worth in given if worth > 0)
            support[marks] = support.get(marks, 0) + count
        return support
    if election.costs is None:
        raise _lacks(rule, "marks or points")
    for ranking, count in rankings(election, rule).items():
        marks = frozenset(o for rank in ranking if isinstance(rank, frozenset) for o in rank)
        support[marks] = support.get(marks, 0) + count
    return support


def points(election: Election, rule: str) -> dict[Points[str], int]:
    """Return the points of each ballot; a mark is one point."""
    if election.points is not None:
        return election.points
    if election.marks is None:
        raise _lacks(rule, "points")
    return {
        tuple((option, 1) for option in sorted(marks)): count
        for marks, count in election.marks.items()
    }


def worth(election: Election) -> dict[str, Amount]:
    """Return the votes of each project as the file's ``vote_type`` counts them.

    Marks are one each, points as given; of a ranking of n projects the first gets n, the last 1.
    """
    total: dict[str, Amount] = dict.fromkeys(election.options, 0)
    if election.rankings is not None:
        ballots: Mapping[Points[str], int] = _by_place(election.rankings)
    else:
        ballots = points(election, "greedy")
    for given, count in ballots.items():
        for option, amount in given:
            total[option] += amount * count
    return total


def _by_place(ballots: Mapping[Ranking[str], int]) -> dict[Points[str], int]:
    return {
        tuple(
            (option, len(ranking) - place)
            for place, rank in enumerate(ranking)
            if isinstance(rank, frozenset)
            for option in rank
        ): count
        for ranking, count in ballots.items()
    }


def projects(election: Election, rule: str) -> tuple[dict[str, Amount], Amount]:
    """Return costs and budget, or refuse a file without them."""
    if election.costs is None or election.budget is None:
        raise Refusal(
            "The rule %(rule)s needs costs and a budget, and this file has none.", rule=rule
        )
    return election.costs, election.budget


def _lacks(rule: str, what: str) -> Refusal:
    return Refusal(
        "The rule %(rule)s needs %(what)s, and this file has others.", rule=rule, what=what
    )
