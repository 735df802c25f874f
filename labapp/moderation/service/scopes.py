"""How much of a thing can be taken away."""

from labapp.domain.kinds import Kind
from labapp.domain.removal import RemovalScope
from labapp.thread.models import Thing


def offered_scopes(thing: Thing, *, has_files: bool) -> list[RemovalScope]:
    """Return how much can be taken away of a thing.

    The law of the vote stands against hiding one: of a vote words alone are blacked out, before it
    opens or in what was explained beside it; ANTAI may annul it.
    """
    if thing.kind is Kind.VOTE:
        return [RemovalScope.WORDS]
    file = [RemovalScope.FILE] if has_files else []
    return [RemovalScope.WORDS, *file, RemovalScope.WHOLE]
