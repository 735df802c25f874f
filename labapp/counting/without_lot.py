"""A count whose ties nobody drew: how far the votes alone take it, and no further."""

from dataclasses import replace

from labapp.counting.methods import METHODS
from labapp.counting.outcome import Count
from labapp.counting.ties import lots


def stop_undrawn(counted: Count) -> Count:
    """Return a count as it stands when no lot was drawn; one that met none is returned whole.

    Where votes are added or options compared, whoever has a place whatever the draw keeps it, and
    who ties for the last place has none. Where round follows round the count ends at the first
    tie on which what comes after hangs. Ties are left without an order, and equals stand in that
    of the paper.
    """
    met = lots(counted)
    if not met:
        return counted
    outcome = METHODS[counted.rule].stop(counted.outcome, met)
    ties = tuple(replace(tie, order=()) if tie.by == "lot" else tie for tie in outcome.ties)
    spent = counted.spent
    if spent is not None:
        spent = sum(each.cost for each in outcome.rounds if each.option in outcome.winners)
    return replace(counted, outcome=replace(outcome, ties=ties), spent=spent, drawn=False)
