"""Every option against every other: the Condorcet winner and Schulze's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias

from labapp.domain.tally.ballots import Lot, O, Outcome, Ranking, Spoilt, Tie, papers

#: option -> other -> ballots that put the option before the other.
Duels: TypeAlias = dict[O, dict[O, int]]


@dataclass(frozen=True, slots=True)
class Beatpath(Generic[O]):
    """The one round of Schulze's method.

    Attributes:
        pairwise: how many ballots prefer one to the other.
        paths: the strength of the strongest path from one to the other, in winning votes.
        condorcet: who beats every other, if anybody.
        order: groups of equals, best first.
    """

    pairwise: Duels[O]
    paths: Duels[O]
    condorcet: O | None
    order: tuple[tuple[O, ...], ...]


def duels(options: Sequence[O], ballots: Mapping[Ranking[O], int]) -> Duels[O]:
    """Return how many ballots prefer each option to each other; not named is below all named."""
    named = dict.fromkeys(options, 0)
    both: Duels[O] = {a: dict.fromkeys(options, 0) for a in options}
    ahead: Duels[O] = {a: dict.fromkeys(options, 0) for a in options}
    for ranking, count in ballots.items():
        above: list[O] = []
        for rank in ranking:
            if isinstance(rank, Spoilt):
                continue
            fresh = [option for option in rank if option not in above]
            for option in fresh:
                named[option] += count
                for better in above:
                    ahead[better][option] += count
                    both[better][option] += count
                    both[option][better] += count
                for equal in fresh:
                    both[option][equal] += count
            above.extend(fresh)
    return {a: {b: ahead[a][b] + named[a] - both[a][b] for b in options if b != a} for a in options}


def condorcet_winner(pairwise: Duels[O]) -> O | None:
    """Return the option that beats every other one, if there is one.

    Source: Marquis de Condorcet, "Essai sur l'application de l'analyse", 1785.
    """
    for a, row in pairwise.items():
        if all(row[b] > pairwise[b][a] for b in row):
            return a
    return None


def beatpaths(pairwise: Duels[O]) -> Beatpath[O]:
    """Return Schulze's strongest paths, by winning votes, and the order they give.

    Source: Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and
    Condorcet-consistent single-winner election method", Social Choice and Welfare 36, 2011.
    """
    options = list(pairwise)
    paths = {
        a: {b: (n if n > pairwise[b][a] else 0) for b, n in row.items()}
        for a, row in pairwise.items()
    }
    for via in options:
        for a in options:
            if a == via:
                continue
            to, through = paths[a], paths[via]
            width = to[via]
            for b in options:
                if b not in (a, via):
                    to[b] = max(to[b], min(width, through[b]))
    left = options
    order: list[tuple[O, ...]] = []
    while left:
        best = tuple(a for a in left if all(paths[a][b] >= paths[b][a] for b in left if b != a))
        order.append(best)
        left = [option for option in left if option not in best]
    return Beatpath(pairwise, paths, condorcet_winner(pairwise), tuple(order))


def schulze(
    options: Sequence[O], ballots: Mapping[Ranking[O], int], lot: Lot[O], *, seats: int = 1
) -> Outcome[O, Beatpath[O]]:
    """Count by Schulze's method; whom no path puts before another, the lot does."""
    return settled(duels(options, ballots), lot, seats=seats, ballots=papers(ballots))


def settled(
    pairwise: Duels[O], lot: Lot[O], *, seats: int, ballots: int
) -> Outcome[O, Beatpath[O]]:
    """Return Schulze's outcome from the duels alone, of so many ballots."""
    result = beatpaths(pairwise)
    winners: list[O] = []
    ties = []
    said = any(n for row in result.pairwise.values() for n in row.values()) or len(pairwise) == 1
    for group in result.order if said else ():
        if len(winners) >= seats:
            break
        if len(group) > 1:
            drawn = lot.order(group)
            ties.append(Tie(1, "elected", group, drawn))
            winners.extend(drawn)
        else:
            winners.extend(group)
    return Outcome(tuple(winners[:seats]), (result,), tuple(ties), ballots)
