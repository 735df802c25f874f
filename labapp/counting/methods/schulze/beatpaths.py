"""Every option against every other: the Condorcet winner and Schulze's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias

from labapp.counting.lot import Lot
from labapp.counting.outcome import O, Outcome, Ranking, SpoiltRank, Strict, Tie, papers

#: Bytes of a number of ballots.
BYTES = 8
#: option -> other -> ballots that put the option before the other.
Pairwise: TypeAlias = dict[O, dict[O, int]]


@dataclass(frozen=True, slots=True)
class Beatpath(Generic[O]):
    """The one round of Schulze's method.

    Attributes:
        pairwise: how many ballots prefer one to the other.
        paths: the strength of the strongest path from one to the other, in winning votes.
        condorcet: who beats every other, if anybody.
        order: groups of equals, best first.
    """

    pairwise: Pairwise[O]
    paths: Pairwise[O]
    condorcet: O | None
    order: tuple[tuple[O, ...], ...]


def compare_all(options: Sequence[O], ballots: Mapping[Ranking[O], int]) -> Pairwise[O]:
    """Return how many ballots prefer each option to each other; not named is below all named.

    The row of an option is one long number, with eight bytes for each other: a whole ballot is
    added to it at once.
    """
    unit = {option: 1 << (8 * BYTES * n) for n, option in enumerate(options)}
    ahead = dict.fromkeys(options, 0)
    beside = dict.fromkeys(options, 0)
    named = 0
    strict = Strict(options)
    for ranking, count in ballots.items():
        below = 0
        order = strict.order(ranking)
        for option in reversed(order or ()):
            ahead[option] += below
            below += unit[option] if count == 1 else count * unit[option]
        for group in reversed(_groups(ranking)) if order is None else ():
            here = count * sum(unit[option] for option in group)
            for option in group:
                ahead[option] += below
                if len(group) > 1:
                    beside[option] += here
            below += here
        named += below
    rows = {a: _row(ahead[a], options) for a in options}
    equal = {a: _row(beside[a], options) for a in options}
    # Of the ballots that name a, all but those that put b before it or beside it.
    return {
        a: {b: n - rows[b][a] - equal[a][b] for b in options if b != a}
        for a, n in _row(named, options).items()
    }


def _row(number: int, options: Sequence[O]) -> dict[O, int]:
    """Return what a long number holds of each option."""
    octets = number.to_bytes(BYTES * len(options), "little")
    places = range(0, len(octets), BYTES)
    return {
        option: int.from_bytes(octets[at : at + BYTES], "little")
        for option, at in zip(options, places, strict=True)
    }


def _groups(ranking: Ranking[O]) -> list[Sequence[O]]:
    """Return the options of a ballot, rank by rank, each where it first is."""
    seen: set[O] = set()
    groups: list[Sequence[O]] = []
    for rank in ranking:
        if not isinstance(rank, SpoiltRank):
            groups.append(tuple(rank) if seen.isdisjoint(rank) else tuple(rank - seen))
            seen |= rank
    return groups


def condorcet_winner(pairwise: Pairwise[O]) -> O | None:
    """Return the option that beats every other one, if there is one.

    Source: Marquis de Condorcet, "Essai sur l'application de l'analyse", 1785.
    """
    for a, row in pairwise.items():
        if all(row[b] > pairwise[b][a] for b in row):
            return a
    return None


def beatpaths(pairwise: Pairwise[O]) -> Beatpath[O]:
    """Return Schulze's strongest paths, by winning votes, and the order they give.

    Source: Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and
    Condorcet-consistent single-winner election method", Social Choice and Welfare 36, 2011.
    """
    options = list(pairwise)
    rows = [
        [0 if b == a or row[b] <= pairwise[b][a] else row[b] for b in options]
        for a, row in pairwise.items()
    ]
    for via, through in enumerate(rows):
        for n, row in enumerate(rows):
            width = row[via]
            if width and n != via:
                rows[n] = [
                    has if has >= width or has >= other else width if width < other else other
                    for has, other in zip(row, through, strict=True)
                ]
    paths = {
        a: {b: rows[n][m] for m, b in enumerate(options) if m != n} for n, a in enumerate(options)
    }
    return Beatpath(pairwise, paths, condorcet_winner(pairwise), _order(options, rows))


def _order(options: Sequence[O], rows: Sequence[Sequence[int]]) -> tuple[tuple[O, ...], ...]:
    """Return groups of equals, best first: those whom nobody left has a stronger path to."""
    left = list(range(len(options)))
    better = {n: sum(rows[m][n] > rows[n][m] for m in left) for n in left}
    order = []
    while left:
        best = [n for n in left if not better[n]]
        order.append(tuple(options[n] for n in best))
        left = [n for n in left if better[n]]
        for n in left:
            better[n] -= sum(rows[m][n] > rows[n][m] for m in best)
    return tuple(order)


def schulze(
    options: Sequence[O], ballots: Mapping[Ranking[O], int], lot: Lot[O], *, seats: int = 1
) -> Outcome[O, Beatpath[O]]:
    """Count by Schulze's method; whom no path puts before another, the lot does."""
    return settle(compare_all(options, ballots), lot, seats=seats, ballots=papers(ballots))


def settle(
    pairwise: Pairwise[O], lot: Lot[O], *, seats: int, ballots: int
) -> Outcome[O, Beatpath[O]]:
    """Return Schulze's outcome from the duels alone, of so many ballots."""
    result = beatpaths(pairwise)
    winners: list[O] = []
    ties = []
    has_votes = (
        any(n for row in result.pairwise.values() for n in row.values()) or len(pairwise) == 1
    )
    for group in result.order if has_votes else ():
        if len(winners) >= seats:
            break
        if len(group) > 1:
            drawn = lot.order(group)
            ties.append(Tie(1, "elected", group, drawn))
            winners.extend(drawn)
        else:
            winners.extend(group)
    return Outcome(tuple(winners[:seats]), (result,), tuple(ties), ballots)
