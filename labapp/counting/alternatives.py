"""What another method would have given with the same ballots."""

from dataclasses import dataclass, replace
from fractions import Fraction

from labapp.counting.count import Counted, count_election
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.method import Method
from labapp.counting.methods.additive import Points
from labapp.counting.undrawn import stopped

#: Rules that choose one option only.
SINGLE = frozenset({"irv"})
#: Rules that are worth asking only of several seats: of one, another on the list is the same.
SEVERAL = frozenset({"stv"})
PLACES = mark(
    "Equal shares of the places: each person's support pays an equal part of a place, so that a "
    "large group does not take them all"
)
SHARED = mark("One vote a person, shared equally among those they marked")
#: Why no other method is told.
HANDS = mark(
    "Raised hands are totals: nobody wrote down which of them were of the same person, and so no "
    "other method can count them."
)
FEW = mark("Of fewer than 20 ballots it is not told: it would say something of single ones.")


@dataclass(frozen=True, slots=True)
class Other:
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


def others(election: Election, counted: Counted, *, seats: int) -> tuple[Other, ...]:
    """Count by each other method that these ballots allow.

    Args:
        election: the ballots.
        counted: how they were counted; its seed resolves the ties of the others too. Without one
            they are not resolved: the draw that would decide was never held.
        seats: how many are chosen where no budget decides.
    """
    seed = str(counted.parameters.get("seed") or "")
    won = set(counted.outcome.winners), set(_open(counted))
    found = []
    for label, rule, asked in _asked(election, counted.rule, seats):
        given = {"seed": seed}
        if asked.costs is None and rule not in SINGLE:
            given["seats"] = str(seats)
        if rule == "equal-shares":
            given["fill"] = "votes"
        if asked.costs is not None and counted.parameters.get("threshold"):
            given["threshold"] = str(counted.parameters["threshold"])
        count = count_election(asked, rule, given)
        count = count if seed else stopped(count)
        winners, tied = count.outcome.winners, _open(count)
        same = (set(winners), set(tied)) == won
        found.append(Other(label, rule, given, winners, tied, same))
    return tuple(found)


def _open(counted: Counted) -> tuple[str, ...]:
    """Return who ties for a place that nobody drew."""
    if counted.drawn:
        return ()
    last = counted.outcome.ties[-1].among
    return () if set(last) <= set(counted.outcome.winners) else last


def _asked(election: Election, rule: str, seats: int) -> list[tuple[str, str, Election]]:
    """Return the methods by which these ballots say enough: words, rule, and what it counts."""
    found = [
        (Method(other).label, other, election)
        for other in _allowed(election, rule, seats)
        if other != rule
    ]
    if rule == Method.APPROVAL and not raised(election) and not _one_each(election):
        found.append((SHARED, "points", _shared(election)))
        if seats > 1:
            found.append((PLACES, "equal-shares", _of_places(election, seats)))
    return found


def _allowed(election: Election, rule: str, seats: int) -> tuple[str, ...]:
    """Return the rules of votes that take these ballots as they are."""
    if raised(election):
        # Of hands raised for several options nobody can say which one each person put first.
        return () if rule == Method.APPROVAL else ("approval", "plurality")
    if election.costs is not None and election.rankings is None:
        return ("greedy", "greedy-stop", "equal-shares")
    if election.rankings is not None:
        ranked = ("plurality", "borda", "irv", "stv", "schulze")
        return tuple(
            rule
            for rule in ranked
            if not (rule in SINGLE and seats > 1) and not (rule in SEVERAL and seats == 1)
        )
    if election.points is not None:
        return ("score", "approval")
    return ("approval", "plurality") if _one_each(election) else ("approval",)


def raised(election: Election) -> bool:
    """Tell whether hands were raised for an option."""
    return any(election.hands.values())


def _one_each(election: Election) -> bool:
    """Tell whether nobody marked two: with two, plurality would spoil the ballot."""
    return all(len(marks) <= 1 for marks in election.marks or {})


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
