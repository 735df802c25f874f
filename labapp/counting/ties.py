"""Ties that only a draw could put in order, and what of a count they leave sure."""

from typing import Any

from labapp.counting.outcome import Count, Outcome, Tie

#: What is at stake where all who tie are elected, and only who comes first is not known.
ORDER = "order"


def lots(counted: Count) -> tuple[Tie[str], ...]:
    """Return the ties that only a draw could put in order, in the order in which they were met."""
    return tuple(tie for tie in counted.outcome.ties if tie.by == "lot")


def decisive(met: tuple[Tie[str], ...]) -> Tie[str] | None:
    """Return the first tie on which more hangs than who comes first."""
    return next((tie for tie in met if tie.over != ORDER), None)


def until(ties: tuple[Tie[str], ...], end: Tie[str]) -> tuple[Tie[str], ...]:
    """Return the ties up to one, and it too."""
    return ties[: ties.index(end) + 1]


def level(options: tuple[str, ...], met: tuple[Tie[str], ...]) -> tuple[str, ...]:
    """Return options with those that tie in the order of the paper, each group where it stood."""
    order = list(options)
    for tie in met:
        mine = iter([each for each in tie.among if each in options])
        order = [next(mine) if each in tie.among else each for each in order]
    return tuple(order)


def sure(outcome: Outcome[str, Any], met: tuple[Tie[str], ...]) -> tuple[str, ...]:
    """Return whom no draw would leave out; equals stand in the order of the paper."""
    winners: dict[str, None] = {}
    for option in outcome.winners:
        among = next((tie.among for tie in met if option in tie.among), (option,))
        if set(among) <= set(outcome.winners):
            winners |= dict.fromkeys(among)
    return tuple(winners)
