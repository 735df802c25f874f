"""Instant-runoff: the last falls, the ballots move on, until one has more than half."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic

from labapp.counting.lot import Lot
from labapp.counting.methods.ranked_ballot import Overvote, Silent, stands_for
from labapp.counting.outcome import O, Outcome, Ranking, Tie, papers


class Elimination(StrEnum):
    """How many fall in a round."""

    SINGLE = "single"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Runoff(Generic[O]):
    """One round.

    Attributes:
        votes: option continuing -> ballots that stand for it.
        threshold: the fewest votes that are more than half of the ballots still standing.
        inactive: why -> ballots that stand for nobody ("exhausted", "overvote", "skipped").
        elected: the winner, in the last round.
        eliminated: who fell, lowest first.
        transfers: who fell -> who received -> ballots.
        exhausting: who fell -> ballots that stood for nobody else.
    """

    votes: dict[O, int]
    threshold: int
    inactive: dict[str, int]
    elected: tuple[O, ...] = ()
    eliminated: tuple[O, ...] = ()
    transfers: dict[O, dict[O, int]] = field(default_factory=dict)
    exhausting: dict[O, int] = field(default_factory=dict)


class _Piles(Generic[O]):
    """Piles of ballots, moved from the one who falls to the next on each ballot."""

    def __init__(
        self,
        options: Sequence[O],
        ballots: Mapping[Ranking[O], int],
        overvote: Overvote,
        skipped: int | None,
    ) -> None:
        self.overvote, self.skipped = overvote, skipped
        self.piles: dict[O, list[tuple[Ranking[O], int]]] = {option: [] for option in options}
        self.silent = dict.fromkeys(Silent, 0)
        self.deal(ballots.items())

    def deal(self, pile: Iterable[tuple[Ranking[O], int]]) -> tuple[dict[O, int], int]:
        """Give each ballot of a pile to whom it stands for; return what each got, and what fell."""
        got: dict[O, int] = {}
        lost = 0
        for ranking, count in pile:
            to = stands_for(ranking, self.piles, overvote=self.overvote, skipped=self.skipped)
            if isinstance(to, Silent):
                self.silent[to] += count
                lost += count
            else:
                self.piles[to].append((ranking, count))
                got[to] = got.get(to, 0) + count
        return got, lost

    def votes(self) -> dict[O, int]:
        """Return the votes of each option continuing."""
        return {o: sum(count for _, count in pile) for o, pile in self.piles.items()}

    def inactive(self) -> dict[str, int]:
        """Return the ballots that stand for nobody, blank ones left out."""
        return {why.value: n for why, n in self.silent.items() if why is not Silent.BLANK}


def _falling(
    votes: Mapping[O, int], lot: Lot[O], elimination: Elimination, number: int
) -> tuple[tuple[O, ...], tuple[Tie[O], ...]]:
    """Return who falls now, lowest first.

    A batch is the largest group of the lowest whose votes together are fewer than those of the
    next above: none of them could pass it, whatever the transfers.
    """
    ascending = sorted(votes, key=lambda option: votes[option])
    if elimination is Elimination.BATCH:
        below, batch = 0, 0
        for place, option in enumerate(ascending):
            if below < votes[option]:
                batch = place
            below += votes[option]
        if batch:
            return tuple(ascending[:batch]), ()
    lowest = votes[ascending[0]]
    tied = tuple(option for option in votes if votes[option] == lowest)
    if len(tied) == 1:
        return tied, ()
    order = lot.order(tied)[::-1]  # the lot puts first who stays longest
    return order[:1], (Tie(number, "eliminated", tied, order),)


def instant_runoff(  # noqa: PLR0913  # each is an option of the rule, as it is written
    options: Sequence[O],
    ballots: Mapping[Ranking[O], int],
    lot: Lot[O],
    *,
    overvote: Overvote = Overvote.EXHAUST,
    skipped: int | None = None,
    elimination: Elimination = Elimination.SINGLE,
    leaving: Sequence[O] = (),
) -> Outcome[O, Runoff[O]]:
    """Count an instant-runoff election of one winner.

    Args:
        options: the options on the paper, distinct.
        ballots: ranking -> how many ballots carry exactly this one.
        lot: the public lot, for a tie at the bottom: the last in its order falls.
        overvote: what a rank with several options does; see ``stands_for``.
        skipped: how many ranks in a row may be empty; see ``stands_for``.
        elimination: one at a time, or everyone who cannot win any more at once.
        leaving: options that fall together before any other, such as undeclared write-ins.

    Sources: Ware's method, 1871, as in Hoag & Hallett, "Proportional representation", 1926; the
    rule of batches and of skipped ranks: City of Minneapolis, Code of Ordinances, ch. 167, 2009.
    """
    count = _Piles(options, ballots, overvote, skipped)
    rounds: list[Runoff[O]] = []
    ties: list[Tie[O]] = []
    winners: tuple[O, ...] = ()
    first = [option for option in leaving if option in count.piles]
    while not winners and count.piles:
        votes = count.votes()
        active = sum(votes.values())
        if not active:
            break
        threshold = active // 2 + 1
        winners = tuple(option for option in votes if votes[option] >= threshold)
        if winners:
            rounds.append(Runoff(votes, threshold, count.inactive(), elected=winners))
            break
        met: tuple[Tie[O], ...] = ()
        if not rounds and first:
            out = tuple(first)
        else:
            out, met = _falling(votes, lot, elimination, len(rounds) + 1)
        ties.extend(met)
        inactive = count.inactive()
        piles = {option: count.piles.pop(option) for option in out}
        dealt = {option: count.deal(pile) for option, pile in piles.items()}
        rounds.append(
            Runoff(
                votes,
                threshold,
                inactive,
                eliminated=out,
                transfers={option: got for option, (got, _) in dealt.items()},
                exhausting={option: lost for option, (_, lost) in dealt.items()},
            )
        )
    return Outcome(winners, tuple(rounds), tuple(ties), papers(ballots))
