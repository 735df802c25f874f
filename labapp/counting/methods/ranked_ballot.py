"""Whom a ranked ballot stands for now, and why it stands for nobody."""

from collections.abc import Container
from enum import StrEnum

from labapp.counting.outcome import O, Ranking, SpoiltRank


class Overvote(StrEnum):
    """What a rank with several options does to its ballot."""

    EXHAUST = "exhaust"
    SKIP = "skip"


class Silent(StrEnum):
    """Why a ballot stands for nobody."""

    BLANK = "blank"
    EXHAUSTED = "exhausted"
    OVERVOTE = "overvote"
    SKIPPED = "skipped"


def stands_for(
    ranking: Ranking[O], continuing: Container[O], *, overvote: Overvote, skipped: int | None
) -> O | Silent:
    """Return the option for which the ballot stands among those continuing, or why for none.

    Args:
        ranking: the ballot.
        continuing: options still in the count.
        overvote: ``exhaust`` ends the ballot at a rank with several options, ``skip`` passes it.
        skipped: ranks skipped in a row that end the ballot are more than this; None: no limit.
            Ranks left empty after the last one marked are not skipped: the voter had finished.
    """
    gap = 0
    marked = False
    for rank in ranking:
        if not isinstance(rank, SpoiltRank) and not rank:
            gap += 1
            continue
        marked = True
        if skipped is not None and gap > skipped:
            return Silent.SKIPPED
        gap = 0
        if isinstance(rank, SpoiltRank) or len(rank) > 1:
            if overvote is Overvote.EXHAUST:
                return Silent.OVERVOTE
            continue
        (option,) = rank
        if option in continuing:
            return option
    return Silent.EXHAUSTED if marked else Silent.BLANK
