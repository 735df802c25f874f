"""Methods that add: plurality, score, cumulative points and Borda."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeAlias

from labapp.counting.outcome import (
    Amount,
    Lot,
    O,
    Outcome,
    Ranking,
    Spoilt,
    Strict,
    Tie,
    papers,
)

#: Points that one ballot gives, option by option.
Points: TypeAlias = tuple[tuple[O, Amount], ...]


@dataclass(frozen=True, slots=True)
class Sum(Generic[O]):
    """The one round of a method that adds.

    Attributes:
        votes: option -> votes or points, every option present, in the order of the paper.
        blank: ballots that give nothing to anybody.
        spoilt: ballots that this method cannot read, for example two marks where one is allowed.
    """

    votes: dict[O, Amount]
    blank: int
    spoilt: int = 0


def first(
    votes: Mapping[O, Amount], lot: Lot[O], *, seats: int
) -> tuple[tuple[O, ...], tuple[Tie[O], ...]]:
    """Return the ``seats`` options with most votes and the ties met on the way.

    An option with no votes wins nothing, even if a seat stays empty.
    """
    winners: list[O] = []
    ties = []
    for level, equals in levels(votes):
        if len(winners) >= seats or level <= 0:
            break
        tied = tuple(equals)
        if len(tied) > 1:
            order = lot.order(tied)
            ties.append(Tie(1, "elected", tied, order))
            tied = order
        winners.extend(tied)
    return tuple(winners[:seats]), tuple(ties)


def levels(votes: Mapping[O, Amount]) -> list[tuple[Amount, list[O]]]:
    """Return each number of votes with the options that have it, most first."""
    found: dict[Amount, list[O]] = {}
    for option, count in votes.items():
        found.setdefault(count, []).append(option)
    return sorted(found.items(), key=lambda each: each[0], reverse=True)


def _outcome(tally: Sum[O], ballots: int, lot: Lot[O], seats: int) -> Outcome[O, Sum[O]]:
    winners, ties = first(tally.votes, lot, seats=seats)
    return Outcome(winners, (tally,), ties, ballots)


def plurality(
    options: Sequence[O],
    ballots: Mapping[frozenset[O], int],
    lot: Lot[O],
    *,
    seats: int = 1,
    spoilt: int = 0,
) -> Outcome[O, Sum[O]]:
    """Count one mark a ballot; a ballot with several is spoilt, one with none is blank.

    Args:
        options: the options on the paper, distinct.
        ballots: marks -> how many ballots carry exactly these.
        lot: the public lot, for equal votes.
        seats: how many are chosen.
        spoilt: ballots besides these whose mark nobody can read.

    Source: Jean-Charles de Borda, "Mémoire sur les élections au scrutin", 1781, describes it as
    the ordinary method ("élection à la pluralité").
    """
    votes: dict[O, Amount] = dict.fromkeys(options, 0)
    blank = 0
    papers_ = sum(ballots.values()) + spoilt
    for marks, count in ballots.items():
        if not marks:
            blank += count
        elif len(marks) > 1:
            spoilt += count
        else:
            (option,) = marks
            votes[option] += count
    return _outcome(Sum(votes, blank, spoilt), papers_, lot, seats)


def points(
    options: Sequence[O], ballots: Mapping[Points[O], int], lot: Lot[O], *, seats: int = 1
) -> Outcome[O, Sum[O]]:
    """Add the points of every ballot; an option not named gets none.

    Score voting and cumulative points add alike: what differs is what a ballot may hold (each
    option up to a top, or all options up to a total), and that is checked where ballots are read.

    Sources: Warren D. Smith, "Range voting", 2000; Arthur T. Cole Jr., "Legal and mathematical
    aspects of cumulative voting", South Carolina Law Quarterly 2, 1949.
    """
    votes: dict[O, Amount] = dict.fromkeys(options, 0)
    blank = 0
    for given, count in ballots.items():
        if not any(worth for _, worth in given):
            blank += count
        for option, worth in given:
            votes[option] += worth * count
    return _outcome(Sum(votes, blank), sum(ballots.values()), lot, seats)


def borda(
    options: Sequence[O], ballots: Mapping[Ranking[O], int], lot: Lot[O], *, seats: int = 1
) -> Outcome[O, Sum[O]]:
    """Give each option ranked a point for every option below it, half for each at its own rank.

    With n options the first gets n - 1 points. An option not ranked gets none; skipped and
    spoilt ranks are passed over, and of an option named twice the first place counts.

    Sources: Jean-Charles de Borda, "Mémoire sur les élections au scrutin", 1781; for ties,
    Duncan Black, "Partial justification of the Borda count", Public Choice 28, 1976.
    """
    halves = dict.fromkeys(options, 0)
    blank = 0
    strict = Strict(options)
    for ranking, count in ballots.items():
        order = strict.order(ranking)
        if order is None:
            blank += 0 if _share(ranking, count, halves) else count
            continue
        for below, option in enumerate(reversed(order), len(halves) - len(order)):
            halves[option] += 2 * below * count
        blank += 0 if order else count
    votes: dict[O, Amount] = {o: Fraction(v, 2) if v % 2 else v // 2 for o, v in halves.items()}
    return _outcome(Sum(votes, blank), papers(ballots), lot, seats)


def _share(ranking: Ranking[O], count: int, halves: dict[O, int]) -> set[O]:
    """Add the half points of ballots with ties, empty or spoilt ranks; return whom they name."""
    below = len(halves)
    seen: set[O] = set()
    for rank in ranking:
        if isinstance(rank, Spoilt):
            continue
        fresh = rank - seen
        seen |= fresh
        below -= len(fresh)
        for option in fresh:
            halves[option] += (2 * below + len(fresh) - 1) * count
    return seen
