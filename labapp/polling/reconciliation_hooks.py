"""What later rooms do once the hall of a vote is reconciled; they say so here."""

from collections.abc import Callable
from datetime import datetime

#: Takes the vote's id and the instant; it is called after the commit, and commits for itself.
Reconciled = Callable[[int, datetime], None]
_HOOKS: list[Reconciled] = []


def on_reconciled(hook: Reconciled) -> Reconciled:
    """Have this done whenever nothing of the hall is lacking; written above a task."""
    _HOOKS.append(hook)
    return hook


def run(consultation_id: int, now: datetime) -> None:
    """Do everything that was asked for when the hall of this vote is reconciled."""
    for hook in _HOOKS:
        hook(consultation_id, now)
