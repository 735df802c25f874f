"""The chart that suits the rule of a count."""

from collections.abc import Mapping
from typing import Any

from labapp.counting import ballot_kinds
from labapp.counting.count import Counted
from labapp.counting.election import Election
from labapp.counting.errors import mark
from labapp.counting.explain.additive import BY_VOTES
from labapp.counting.explain.chart import (
    Bar,
    Bars,
    Chart,
    Duel,
    Duels,
    Money,
    Move,
    Round,
    Rounds,
    Slice,
    largest,
    length,
)
from labapp.counting.methods.irv import Runoff
from labapp.counting.methods.schulze import Beatpath
from labapp.counting.methods.stv import Stage
from labapp.counting.outcome import Amount

VOTES = mark("Votes for it")
POINTS = mark("Points")
FIRST_PLACES = mark("First places")


def chart(election: Election, counted: Counted, *, few: bool = False) -> Chart:
    """Return the chart of a count by any rule but a draw of lots.

    Args:
        election: what was counted.
        counted: the count.
        few: whether so few voted that only totals are shown.
    """
    told: tuple[Any, ...] = counted.outcome.rounds
    if counted.rule in ("irv", "stv"):
        return _firsts(election, counted) if few else _rounds(election, counted)
    if counted.budget is not None:
        return _money(election, counted, counted.budget)
    if isinstance(told[0], Beatpath):
        return _duels(election, told[0])
    head = VOTES if counted.rule in BY_VOTES else POINTS
    return Bars(head, _bars(election, counted, told[0].votes))


def _bars(
    election: Election, counted: Counted, votes: Mapping[str, Amount], most: Amount | None = None
) -> tuple[Bar, ...]:
    longest = largest(votes.values()) if most is None else most
    return tuple(
        Bar(
            option,
            election.names[option],
            votes[option],
            length(votes[option], longest),
            option in counted.outcome.winners,
        )
        for option in election.options
        if option in votes
    )


def _firsts(election: Election, counted: Counted) -> Bars:
    """Show only the first places of a small vote."""
    firsts = ballot_kinds.single(election, counted.rule)
    votes: dict[str, Amount] = {
        option: sum(n for first, n in firsts.items() if option in first)
        for option in election.options
    }
    return Bars(FIRST_PLACES, _bars(election, counted, votes))


def _rounds(election: Election, counted: Counted) -> Rounds:
    told: tuple[Runoff[str] | Stage[str], ...] = counted.outcome.rounds
    most = largest(
        amount
        for each in told
        for amount in (*each.votes.values(), each.threshold if isinstance(each, Runoff) else 0)
    )
    rounds = []
    for number, each in enumerate(told, 1):
        needed = each.threshold if isinstance(each, Runoff) else each.quota
        fallen = each.eliminated if isinstance(each, Runoff) else _excluded(each)
        rounds.append(
            Round(
                number,
                _bars(election, counted, each.votes, most),
                needed,
                min(length(needed, most), 1000),
                tuple(election.names[option] for option in each.elected),
                tuple(election.names[option] for option in fallen),
                _moves(election, told, number - 1),
            )
        )
    return Rounds(tuple(rounds))


def _excluded(stage: Stage[str]) -> tuple[str, ...]:
    return (stage.of,) if stage.act == "exclusion" and stage.of is not None else ()


def _moves(
    election: Election, told: tuple[Runoff[str] | Stage[str], ...], at: int
) -> tuple[Move, ...]:
    each = told[at]
    names = election.names
    if isinstance(each, Runoff):
        found = [
            Move(names[giver], names[taker], amount)
            for giver, got in each.transfers.items()
            for taker, amount in got.items()
        ]
        lost = [Move(names[giver], None, n) for giver, n in each.exhausting.items() if n]
        return (*found, *lost)
    if each.of is None:
        return ()
    moves = [Move(names[each.of], names[to], amount) for to, amount in each.transfers.items()]
    before = told[at - 1]
    if isinstance(before, Stage) and each.not_effective > before.not_effective:
        moves.append(Move(names[each.of], None, each.not_effective - before.not_effective))
    return tuple(moves)


def _money(election: Election, counted: Counted, budget: Amount) -> Money:
    costs = election.costs or {}
    votes = (
        ballot_kinds.worth(election)
        if election.rankings is None
        else _supporters(election, counted)
    )
    funded, spent = [], 0 * budget
    for option in counted.outcome.winners:
        start = length(spent, budget)
        spent += costs[option]
        end = length(spent, budget)
        funded.append(
            Slice(election.names[option], costs[option], votes[option], start, end - start)
        )
    out = tuple(
        Slice(election.names[option], costs[option], votes[option], 0, 0)
        for option in election.options
        if option not in counted.outcome.winners
    )
    return Money(tuple(funded), out, budget, budget - spent)


def _supporters(election: Election, counted: Counted) -> dict[str, Amount]:
    chosen = ballot_kinds.chosen(election, counted.rule)
    return {o: sum(n for marks, n in chosen.items() if o in marks) for o in election.options}


def _duels(election: Election, result: Beatpath[str]) -> Duels:
    order = [option for group in result.order for option in group]
    table = result.pairwise
    most = largest(n for row in table.values() for n in row.values())
    return Duels(
        tuple(
            Duel(
                election.names[a],
                election.names[b],
                table[a][b],
                table[b][a],
                length(table[a][b], most),
                length(table[b][a], most),
            )
            for place, a in enumerate(order)
            for b in order[place + 1 :]
        )
    )
