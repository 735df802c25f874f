"""Approval voting: each ballot gives one vote to each option it marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from labapp.counting.lot import draw
from labapp.counting.outcome import O


@dataclass(frozen=True, slots=True)
class Tally(Generic[O]):
    """The outcome of one count.

    Attributes:
        votes: option -> marks, every option present, in the order of the paper.
        ballots: ballots counted, blank ones included.
        blank: ballots that mark nothing.
        ranking: groups of options with equal marks, best first; options with none are last.
    """

    votes: dict[O, int]
    ballots: int
    blank: int
    ranking: tuple[tuple[O, ...], ...]

    def to_draw(self, seats: int) -> tuple[tuple[O, ...], ...]:
        """Return the groups of equal options that only the lot can order among ``seats``.

        An option that nobody marked wins nothing, so a group of these is never drawn.
        """
        groups, before = [], 0
        for group in self.ranking:
            if before < seats and len(group) > 1 and self.votes[group[0]]:
                groups.append(group)
            before += len(group)
        return tuple(groups)


def approval(options: Sequence[O], ballots: Mapping[frozenset[O], int]) -> Tally[O]:
    """Count an approval vote.

    Args:
        options: the n options on the paper, distinct.
        ballots: marks -> how many ballots carry exactly these; an empty set is a blank ballot.

    Returns:
        A ``Tally`` in votes (not percentages). Ties are reported, never broken here.

    Raises:
        ValueError: an option is repeated, a ballot marks another, or a count is negative.

    Source: Brams & Fishburn, "Approval Voting", Am. Polit. Sci. Rev. 72(3), 1978.
    """
    paper = frozenset(options)
    if len(paper) != len(options):
        raise ValueError("options must be distinct")
    votes: dict[O, int] = dict.fromkeys(options, 0)
    for marks, count in ballots.items():
        if stray := marks - paper:
            raise ValueError(f"a ballot marks options not on the paper: {sorted(map(str, stray))}")
        if count < 0:
            raise ValueError("a count of ballots cannot be negative")
        for option in marks:
            votes[option] += count
    levels = sorted(set(votes.values()), reverse=True)
    ranking = tuple(tuple(o for o in options if votes[o] == level) for level in levels)
    return Tally(votes, sum(ballots.values()), ballots.get(frozenset(), 0), ranking)


def order(tally: Tally[O], names: Mapping[O, str], seed: str) -> tuple[O, ...]:
    """Return every option from first to last, ties put in order by the public lot.

    Args:
        tally: the count.
        names: option -> the words printed on the paper, distinct.
        seed: the text of the public draw, announced before the vote opened.
    """
    return tuple(
        option
        for group in tally.ranking
        for option in sorted(group, key=lambda o: draw(seed, names[o]))
    )


def chosen(tally: Tally[O], names: Mapping[O, str], seats: int, seed: str) -> tuple[O, ...]:
    """Return the first ``seats`` options that somebody marked, in order."""
    marked = [option for option in order(tally, names, seed) if tally.votes[option]]
    return tuple(marked[:seats])
