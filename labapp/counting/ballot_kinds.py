"""The ballots of a file as a rule needs them: marks, points or rankings."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from labapp.counting.election import Election, Marks
from labapp.counting.errors import Uncountable
from labapp.counting.outcome import Amount, Points, Rank, Ranking, SpoiltRank

Approvals: TypeAlias = Mapping[frozenset[str], int]


def rankings(election: Election, rule: str) -> dict[Ranking[str], int]:
    """Return the rankings, or refuse a file without them."""
    if election.rankings is None:
        raise _lacks(rule, "rankings")
    return election.rankings


def single_choices(election: Election, rule: str) -> Approvals:
    """Return the one choice of each ballot: its mark, or what it ranks first.

    Of a rank that is spoilt nobody knows whom it means: ``spoilt`` counts these ballots.
    """
    if election.marks is not None:
        return election.marks
    if election.rankings is None:
        raise _lacks(rule, "marks or rankings")
    firsts: dict[frozenset[str], int] = {}
    for ranking, count in election.rankings.items():
        first = _first(ranking)
        if not isinstance(first, SpoiltRank):
            firsts[first] = firsts.get(first, 0) + count
    return firsts


def spoilt_ballots(election: Election) -> int:
    """Return how many ballots have a first choice that nobody can read."""
    if election.marks is not None:
        return 0
    ballots = election.rankings or {}
    return sum(
        count for ranking, count in ballots.items() if _first(ranking) is SpoiltRank.OVERVOTE
    )


def first_places(election: Election, rule: str) -> dict[str, Amount]:
    """Return how many ballots put each option first."""
    firsts = single_choices(election, rule)
    return {o: sum(n for first, n in firsts.items() if o in first) for o in election.options}


def _first(ranking: Ranking[str]) -> Rank[str]:
    """Return the first rank that is not empty."""
    return next((rank for rank in ranking if rank), frozenset())


def marks_one_each(election: Election) -> bool:
    """Tell whether nobody marked two: with two, plurality would spoil the ballot."""
    return all(len(marks) <= 1 for marks in election.marks or {})


def approvals(election: Election, rule: str) -> Approvals:
    """Return the options that each ballot supports: marked, given points, or ranked."""
    if election.marks is not None:
        return election.marks
    support = Marks(election.options)
    if election.points is not None:
        for given, count in election.points.items():
            support.add((option for option, worth in given if worth > 0), count)
        return support
    if election.costs is None:
        raise _lacks(rule, "marks or points")
    for ranking, count in rankings(election, rule).items():
        support.add({o for rank in ranking if isinstance(rank, frozenset) for o in rank}, count)
    return support


def points(election: Election, rule: str) -> dict[Points[str], int]:
    """Return the points of each ballot; a mark is one point."""
    if election.points is not None:
        return election.points
    if election.marks is None:
        raise _lacks(rule, "points")
    one = {option: (option, 1) for option in election.options}
    return {
        tuple(one[option] for option in sorted(marks)): count
        for marks, count in election.marks.items()
    }


def worth(election: Election) -> dict[str, Amount]:
    """Return the votes of each project as the file's ``vote_type`` counts them.

    Marks are one each, points as given; of a ranking of n projects the first gets n, the last 1.
    """
    total: dict[str, Amount] = dict.fromkeys(election.options, 0)
    for given, count in _given(election):
        for option, amount in given:
            total[option] += amount * count
    return total


def _given(election: Election) -> Iterable[tuple[Iterable[tuple[str, Amount]], int]]:
    """Return what each ballot gives, with how many are alike; none is kept."""
    if election.rankings is not None:
        return ((_by_place(ranking), count) for ranking, count in election.rankings.items())
    if election.marks is not None:
        return (
            (((option, 1) for option in marks), count) for marks, count in election.marks.items()
        )
    return (election.points or {}).items()


def _by_place(ranking: Ranking[str]) -> Iterator[tuple[str, int]]:
    for place, rank in enumerate(ranking):
        for option in rank if isinstance(rank, frozenset) else ():
            yield option, len(ranking) - place


def projects(election: Election, rule: str) -> tuple[dict[str, Amount], Amount]:
    """Return costs and budget, or refuse a file without them."""
    if election.costs is None or election.budget is None:
        raise Uncountable(
            "The rule %(rule)s needs costs and a budget, and this file has none.", rule=rule
        )
    return election.costs, election.budget


def _lacks(rule: str, what: str) -> Uncountable:
    return Uncountable(
        "The rule %(rule)s needs %(what)s, and this file has others.", rule=rule, what=what
    )
