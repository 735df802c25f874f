"""What later rooms do once the hall of a vote is reconciled; each names it in its ``room.py``."""

from collections.abc import Iterable
from datetime import datetime

from labapp.room import Reconciled

_HOOKS: list[Reconciled] = []


def install(hooks: Iterable[Reconciled]) -> None:
    """Have these done, in this order and no others, whenever nothing of a hall is lacking."""
    _HOOKS[:] = hooks


def run(vote_id: int, now: datetime) -> None:
    """Do everything that was asked for when the hall of this vote is reconciled."""
    for hook in _HOOKS:
        hook(vote_id, now)
