"""Approval voting: each ballot gives one vote to each option it marks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.explain.chart import VOTES
from labapp.counting.lot import Lot
from labapp.counting.method import BallotKind, Variant
from labapp.counting.methods.additive import Additive, Sum, with_hands
from labapp.counting.methods.equal_shares import EQUAL_SHARES
from labapp.counting.methods.margins import OF_VOTES
from labapp.counting.methods.points import POINTS
from labapp.counting.outcome import Amount, O, Outcome, Points
from labapp.counting.parameters import Options

PLACES = mark(
    "Equal shares of the places: each person's support pays an equal part of a place, so that a "
    "large group does not take them all"
)
SHARED = mark("One vote a person, shared equally among those they marked")


def approval(options: Sequence[O], ballots: Mapping[frozenset[O], int]) -> Sum[O]:
    """Add up an approval vote.

    Args:
        options: the n options on the paper, distinct.
        ballots: marks -> how many ballots carry exactly these; an empty set is a blank ballot.

    Returns:
        The sum in votes (not percentages).

    Raises:
        ValueError: an option is repeated, a ballot marks another, or a count is negative.

    Source: Brams & Fishburn, "Approval Voting", Am. Polit. Sci. Rev. 72(3), 1978.
    """
    paper = frozenset(options)
    if len(paper) != len(options):
        raise ValueError("options must be distinct")
    votes: dict[O, Amount] = dict.fromkeys(options, 0)
    for marks, count in ballots.items():
        if stray := marks - paper:
            raise ValueError(f"a ballot marks options not on the paper: {sorted(map(str, stray))}")
        if count < 0:
            raise ValueError("a count of ballots cannot be negative")
        for option in marks:
            votes[option] += count
    return Sum(votes, ballots.get(frozenset(), 0))


class Approval(Additive):
    """As many marks a ballot as are allowed."""

    name = "approval"
    label = mark("Approval: each person marks those they support")
    paper = BallotKind.MARKS
    allows_hands = True
    is_plain = True
    measure = VOTES
    sentences = OF_VOTES

    def count(self, election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Sum[str]]:
        """Count marks, or options that are given points."""
        chosen = ballot_kinds.approvals(election, self.name)
        alone = approval(election.options, chosen)
        return with_hands(election, alone, lot, options, sum(chosen.values()))

    def of_one_ballot(self, options: int, most: int, scale: int | None) -> tuple[int, int, int]:
        """Return what one ballot gives: a vote to each that it marks."""
        del options, scale
        return 1, most, 1

    def recounts(self, election: Election, seats: int) -> bool:
        """Whether each ballot says whom it supports, by marks or points."""
        del seats
        return election.rankings is None and election.costs is None

    def variants(self, election: Election, seats: int) -> Sequence[Variant]:
        """Share the vote of each person among those they marked, and the places among all."""
        if election.raises_hands or ballot_kinds.marks_one_each(election):
            return ()
        shared = Variant(SHARED, POINTS, _shared(election))
        if seats == 1:
            return (shared,)
        return shared, Variant(PLACES, EQUAL_SHARES, _of_places(election, seats))


APPROVAL = Approval()


def _shared(election: Election) -> Election:
    """Return the ballots with one vote each, in equal parts among those it marks.

    Source: Brams & Kilgour, "Satisfaction approval voting", in "Voting power and procedures",
    2014.
    """
    points: dict[Points[str], int] = {
        tuple((option, Fraction(1, len(marks))) for option in sorted(marks)): count
        for marks, count in (election.marks or {}).items()
    }
    return replace(election, marks=None, points=points, hands={})


def _of_places(election: Election, seats: int) -> Election:
    """Return the ballots as those of a budget of places, in which each option costs one.

    Source: Peters & Skowron, "Proportionality and the limits of welfarism", EC 2020, whose rule X
    is the method of equal shares for places.
    """
    return replace(election, costs=dict.fromkeys(election.options, 1), budget=seats, hands={})
