"""What another method would have given with the same ballots."""

from dataclasses import dataclass

from labapp.counting.count import count_election
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.method import BallotKind, Method, Variant
from labapp.counting.methods import METHODS
from labapp.counting.outcome import Count
from labapp.counting.without_lot import stop_undrawn

#: Why no other method is told.
HANDS = mark(
    "Raised hands are totals: nobody wrote down which of them were of the same person, and so no "
    "other method can count them."
)
FEW = mark("Of fewer than 20 ballots it is not told: it would say something of single ones.")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another method, and whom it would have chosen.

    Attributes:
        label: what it is called, marked.
        rule: the name of its rule.
        parameters: its options, seats and seed included.
        winners: in the order in which they would have won.
        tied: who would tie for the last place, where there is no draw to decide.
        same: whether they are those who won, in whatever order.
    """

    label: str
    rule: str
    parameters: dict[str, str]
    winners: tuple[str, ...]
    tied: tuple[str, ...]
    same: bool


def alternatives(election: Election, counted: Count, *, seats: int) -> tuple[Alternative, ...]:
    """Count by each other method that these ballots allow.

    Args:
        election: the ballots.
        counted: how they were counted; its seed resolves the ties of the others too. Without one
            they are not resolved: the draw that would decide was never held.
        seats: how many are chosen where no budget decides.
    """
    seed = str(counted.parameters.get("seed") or "")
    won = set(counted.outcome.winners), set(_open(counted))
    alternatives_given = []
    for each in _asked(election, METHODS[counted.rule], seats):
        method, asked = each.method, each.election
        given = {"seed": seed}
        if asked.costs is None and method.has_seats:
            given["seats"] = str(seats)
        given |= method.recount
        if asked.costs is not None and counted.parameters.get("threshold"):
            given["threshold"] = str(counted.parameters["threshold"])
        count = count_election(asked, method.name, given)
        count = count if seed else stop_undrawn(count)
        winners, tied = count.outcome.winners, _open(count)
        same = (set(winners), set(tied)) == won
        alternatives_given.append(Alternative(each.label, method.name, given, winners, tied, same))
    return tuple(alternatives_given)


def _open(counted: Count) -> tuple[str, ...]:
    """Return who ties for a place that nobody drew."""
    if counted.drawn:
        return ()
    last = counted.outcome.ties[-1].among
    return () if set(last) <= set(counted.outcome.winners) else last


def _asked(election: Election, own: Method, seats: int) -> list[Variant]:
    """Return the methods by which these ballots say enough, in the order in which they are told."""
    if election.raises_hands:
        # Of hands raised for several options nobody can say which one each person put first.
        methods = [each for each in METHODS.values() if own.marks_one and each.allows_hands]
    else:
        methods = [each for each in METHODS.values() if each.recounts(election, seats)]
    kinds = list(BallotKind)
    methods.sort(key=lambda method: kinds.index(method.paper))
    as_they_are = [Variant(each.label, each, election) for each in methods if each is not own]
    return [*as_they_are, *own.variants(election, seats)]
