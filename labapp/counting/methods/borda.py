"""Borda: an option gets a point for each one ranked below it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.lot import Lot
from labapp.counting.method import BallotKind
from labapp.counting.methods.additive import Additive, Sum, of_sum
from labapp.counting.outcome import Amount, O, Outcome, Ranking, SpoiltRank, Strict, papers
from labapp.counting.parameters import Options


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
    return of_sum(Sum(votes, blank), papers(ballots), lot, seats)


def _share(ranking: Ranking[O], count: int, halves: dict[O, int]) -> set[O]:
    """Add the half points of ballots with ties, empty or spoilt ranks; return whom they name."""
    below = len(halves)
    seen: set[O] = set()
    for rank in ranking:
        if isinstance(rank, SpoiltRank):
            continue
        fresh = rank - seen
        seen |= fresh
        below -= len(fresh)
        for option in fresh:
            halves[option] += (2 * below + len(fresh) - 1) * count
    return seen


class Borda(Additive):
    """A ranking, counted by its places."""

    name = "borda"
    label = mark("Ranking, counted by places (Borda)")
    paper = BallotKind.RANKS

    def count(self, election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Sum[str]]:
        """Count the rankings."""
        ballots = ballot_kinds.rankings(election, self.name)
        return borda(election.options, ballots, lot, seats=options.seats())

    def of_one_ballot(self, options: int, most: int, scale: int | None) -> tuple[int, int, int]:
        """Return what one ballot gives: to the first a point for each other option."""
        del most, scale
        return options - 1, options * (options - 1) // 2, options - 1

    def recounts(self, election: Election, seats: int) -> bool:
        """Whether ballots are rankings."""
        del seats
        return election.rankings is not None


BORDA = Borda()
