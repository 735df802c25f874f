"""A count whose ties nobody drew: how far the votes alone take it, and no further."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from labapp.counting.count import Counted
from labapp.counting.methods.additive import Sum
from labapp.counting.methods.equal_shares.rounds import Bought
from labapp.counting.methods.greedy import Considered
from labapp.counting.methods.irv import Runoff
from labapp.counting.methods.schulze import Beatpath
from labapp.counting.methods.stv import Stage
from labapp.counting.outcome import Outcome, Tie

Rounds = tuple[Any, ...]
#: What is at stake where all who tie are elected, and only who comes first is not known.
ORDER = "order"


def lots(counted: Counted) -> tuple[Tie[str], ...]:
    """Return the ties that only a draw could put in order, in the order in which they were met."""
    return tuple(tie for tie in counted.outcome.ties if tie.by == "lot")


def stopped(counted: Counted) -> Counted:
    """Return a count as it stands when no lot was drawn; one that met none is returned whole.

    Where votes are added or options compared, whoever has a place whatever the draw keeps it, and
    who ties for the last place has none. Where round follows round the count ends at the first
    tie on which what comes after hangs. Ties are left without an order, and equals stand in that
    of the paper.
    """
    met = lots(counted)
    if not met:
        return counted
    outcome = counted.outcome
    ended, winners, ties = outcome.rounds, outcome.winners, outcome.ties
    end = next((tie for tie in met if tie.over != ORDER), None)
    if isinstance(ended[0], Sum | Beatpath):
        winners = _sure(outcome, met)
    elif end:
        ended = _until(ended, end)
        winners = tuple(_won(ended))
        ties = ties[: ties.index(end) + 1]
    if isinstance(ended[0] if ended else None, Stage):
        ended = tuple(replace(each, elected=_level(each.elected, met)) for each in ended)
        winners = _level(winners, met)
    undrawn = tuple(replace(tie, order=()) if tie.by == "lot" else tie for tie in ties)
    spent = counted.spent
    if spent is not None:
        spent = sum(each.cost for each in ended if each.option in winners)
    return replace(
        counted,
        outcome=replace(outcome, winners=winners, rounds=ended, ties=undrawn),
        spent=spent,
        drawn=False,
    )


def _level(options: tuple[str, ...], met: tuple[Tie[str], ...]) -> tuple[str, ...]:
    """Return options with those that tie in the order of the paper, each group where it stood."""
    found = list(options)
    for tie in met:
        mine = iter([each for each in tie.among if each in options])
        found = [next(mine) if each in tie.among else each for each in found]
    return tuple(found)


def _sure(outcome: Outcome[str, Any], met: tuple[Tie[str], ...]) -> tuple[str, ...]:
    """Return whom no draw would leave out; equals stand in the order of the paper."""
    sure: dict[str, None] = {}
    for option in outcome.winners:
        among = next((tie.among for tie in met if option in tie.among), (option,))
        if set(among) <= set(outcome.winners):
            sure |= dict.fromkeys(among)
    return tuple(sure)


def _until(rounds: Rounds, tie: Tie[str]) -> Rounds:
    """Return the rounds before a tie; of a runoff also its own, in which nobody falls."""
    if isinstance(rounds[0], Considered | Bought):
        end = next(n for n, each in enumerate(rounds) if each.option == tie.order[0])
        return rounds[:end]
    before = rounds[: tie.round - 1]
    if not isinstance(rounds[0], Runoff):
        return before
    here = replace(rounds[tie.round - 1], eliminated=(), transfers={}, exhausting={})
    return (*before, here)


def _won(rounds: Rounds) -> Iterable[str]:
    for each in rounds:
        if isinstance(each, Considered):
            yield from (each.option,) if each.funded else ()
        elif isinstance(each, Bought):
            yield each.option
        else:
            yield from each.elected
