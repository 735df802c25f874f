"""Methods that add: what they share, whatever they add."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic

from labapp.counting.election import Election
from labapp.counting.explain.bars import bars
from labapp.counting.explain.chart import POINTS, Bars
from labapp.counting.explain.sentence import Sentence, Teller
from labapp.counting.lot import Lot
from labapp.counting.method import Basis, Method
from labapp.counting.methods.margins import OF_POINTS, margins
from labapp.counting.outcome import Amount, Count, O, Outcome, Tie
from labapp.counting.parameters import Options
from labapp.counting.ties import sure


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
    options_by_count: dict[Amount, list[O]] = {}
    for option, count in votes.items():
        options_by_count.setdefault(count, []).append(option)
    return sorted(options_by_count.items(), key=lambda each: each[0], reverse=True)


def of_sum(tally: Sum[O], ballots: int, lot: Lot[O], seats: int) -> Outcome[O, Sum[O]]:
    """Return the outcome of one sum."""
    winners, ties = first(tally.votes, lot, seats=seats)
    return Outcome(winners, (tally,), ties, ballots)


class Additive(Method):
    """A method in which each option has one sum, and the largest win."""

    basis = Basis.SUMS
    adds = True
    measure = POINTS
    sentences = OF_POINTS

    def stop(self, outcome: Outcome[str, Any], met: tuple[Tie[str], ...]) -> Outcome[str, Any]:
        """Keep whoever has a place whatever the draw."""
        return replace(outcome, winners=sure(outcome, met))

    def chart(self, election: Election, counted: Count, *, few: bool) -> Bars:
        """Draw a bar for each option."""
        del few
        return Bars(self.measure, bars(election, counted, _sum(counted).votes))

    def reasons(self, teller: Teller) -> list[Sentence]:
        """Compare each option with the last chosen, or the first left out."""
        return margins(teller, _sum(teller.counted).votes, self.sentences)

    def totals(self, election: Election, counted: Count) -> Mapping[str, Amount]:
        """Return what was added."""
        del election
        return _sum(counted).votes


def with_hands(
    election: Election, alone: Sum[str], lot: Lot[str], options: Options, ballots: int
) -> Outcome[str, Sum[str]]:
    """Add the hands raised in a hall to the votes of the ballots."""
    votes = {option: n + election.hands.get(option, 0) for option, n in alone.votes.items()}
    return of_sum(replace(alone, votes=votes), ballots, lot, options.seats())


def _sum(counted: Count) -> Sum[str]:
    tally: Sum[str] = counted.outcome.rounds[0]
    return tally
