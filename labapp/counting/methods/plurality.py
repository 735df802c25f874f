"""Plurality: one mark a ballot, and the option with most marks."""

from collections.abc import Mapping, Sequence

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.explain.chart import VOTES
from labapp.counting.lot import Lot
from labapp.counting.method import BallotKind
from labapp.counting.methods.additive import Additive, Sum, of_sum, with_hands
from labapp.counting.methods.margins import OF_VOTES
from labapp.counting.outcome import Amount, O, Outcome
from labapp.counting.parameters import Options


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
    return of_sum(Sum(votes, blank, spoilt), papers_, lot, seats)


class Plurality(Additive):
    """One mark a ballot."""

    name = "plurality"
    label = mark("One mark: the option with most marks")
    paper = BallotKind.ONE
    allows_hands = True
    spoils = True
    vote_type = "choose-1"
    measure = VOTES
    sentences = OF_VOTES

    def count(self, election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Sum[str]]:
        """Count marks, or first choices of rankings."""
        marks = ballot_kinds.single_choices(election, self.name)
        spoilt = ballot_kinds.spoilt_ballots(election)
        alone = plurality(election.options, marks, lot, spoilt=spoilt)
        return with_hands(election, alone.rounds[0], lot, options, alone.ballots)

    def least_people(self, hands: Sequence[int]) -> int:
        """Return how few people can have raised these hands: each raises one."""
        return sum(hands)

    def recounts(self, election: Election, seats: int) -> bool:
        """Whether each ballot says one choice: ranked, or the only one marked."""
        del seats
        if election.rankings is not None:
            return True
        marked = election.costs is None and election.points is None
        return marked and ballot_kinds.marks_one_each(election)


PLURALITY = Plurality()
