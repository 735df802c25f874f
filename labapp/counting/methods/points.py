"""Points: cumulative ones, shared among the options, and how points of any kind are added."""

from collections.abc import Mapping, Sequence

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.lot import Lot
from labapp.counting.method import BallotKind
from labapp.counting.methods.additive import Additive, Sum, of_sum
from labapp.counting.outcome import Amount, O, Outcome, Points
from labapp.counting.parameters import Options

#: A scale that nobody states: no ballot can give as many.
UNBOUNDED = 10**9


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
    return of_sum(Sum(votes, blank), sum(ballots.values()), lot, seats)


class CumulativePoints(Additive):
    """Points to share out: what a ballot gives in all is bounded."""

    name = "points"
    label = mark("Points to share among the options")
    paper = BallotKind.POINTS
    shares_points = True
    #: What a ballot of 200 characters holds.
    top_scale = 20
    usual_scale = 10
    vote_type = "cumulative"
    limit = "max_sum_points"

    def count(self, election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Sum[str]]:
        """Add the points."""
        given = ballot_kinds.points(election, self.name)
        return points(election.options, given, lot, seats=options.seats())

    def of_one_ballot(self, options: int, most: int, scale: int | None) -> tuple[int, int, int]:
        """Return what one ballot gives: up to its scale, in all as to one option."""
        del options, most
        top = scale or UNBOUNDED
        return 1, top, top


POINTS = CumulativePoints()
