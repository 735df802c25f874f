"""What another method would have given with the same ballots."""

from dataclasses import dataclass

from labapp.domain.counting import rules
from labapp.domain.formats.election import Election

#: Rules that choose one option only.
SINGLE = frozenset({"irv"})
#: Rules that are worth asking only of several seats: of one, another on the list is the same.
SEVERAL = frozenset({"stv"})


@dataclass(frozen=True, slots=True)
class Other:
    """Another method, and whom it would have chosen.

    Attributes:
        rule: its name.
        parameters: its options, seats and seed included.
        winners: in the order in which they would have won.
        same: whether they are those who won, in whatever order.
    """

    rule: str
    parameters: dict[str, str]
    winners: tuple[str, ...]
    same: bool


def others(election: Election, counted: rules.Counted, *, seats: int) -> tuple[Other, ...]:
    """Count by each other method that these ballots allow.

    Args:
        election: the ballots.
        counted: how they were counted; its seed resolves the ties of the others too.
        seats: how many are chosen where no budget decides.
    """
    seed = str(counted.parameters.get("seed") or "")
    won = set(counted.outcome.winners)
    found = []
    for rule in _allowed(election, seats):
        if rule == counted.rule:
            continue
        given = {"seed": seed}
        if election.costs is None and rule not in SINGLE:
            given["seats"] = str(seats)
        if rule == "equal-shares":
            given["fill"] = "votes"
        winners = rules.count(election, rule, given).outcome.winners
        found.append(Other(rule, given, winners, set(winners) == won))
    return tuple(found)


def _allowed(election: Election, seats: int) -> tuple[str, ...]:
    """Return the rules by which these ballots say enough."""
    if election.hands:
        return ("approval", "plurality") if _one_each(election) else ("approval",)
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


def _one_each(election: Election) -> bool:
    """Tell whether nobody marked two: with two, plurality would spoil the ballot."""
    return all(len(marks) <= 1 for marks in election.marks or {})
