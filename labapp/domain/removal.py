"""Removal: how much is taken away, how it ended, and of which kinds ANTAI alone decides."""

from enum import StrEnum

from labapp.domain.errors import mark
from labapp.domain.kinds import Kind


class RemovalScope(StrEnum):
    """How much of a thing a removal takes away."""

    WHOLE = "whole"
    WORDS = "words"
    FILE = "file"
    #: It waited to be published, and will not be.
    PUBLICATION = "publication"

    @property
    def label(self) -> str:
        """What was done, for gettext."""
        return _SCOPES[self]


class RemovalState(StrEnum):
    """Where a removal stands, read from its dates."""

    #: One ANTAI account asked for it; a second one has not agreed yet, and nothing is hidden.
    ASKED = "asked"
    STANDS = "stands"
    APPEALED = "appealed"
    #: ANTAI heard the appeal and left it as it was.
    UPHELD = "upheld"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The words for where it stands, for gettext."""
        return _STATES[self]


class RemovalEnd(StrEnum):
    """Why a removal ended: the text is back, or its author wrote another."""

    REVERSED = "reversed"
    #: The appeal was not answered in its term.
    TERM = "term"
    TAKEN_BACK = "taken_back"
    REWRITTEN = "rewritten"
    #: The second ANTAI account did not agree.
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """The words for this end, for gettext."""
        return _ENDS[self]


_SCOPES = {
    RemovalScope.WHOLE: mark("All of it was taken away"),
    RemovalScope.WORDS: mark("Some words were blacked out"),
    RemovalScope.FILE: mark("A photo or file was taken away"),
    RemovalScope.PUBLICATION: mark("It was not published"),
}
_STATES = {
    RemovalState.ASKED: mark("waits for a second person of ANTAI"),
    RemovalState.STANDS: mark("stands"),
    RemovalState.APPEALED: mark("was appealed, and ANTAI has not answered"),
    RemovalState.UPHELD: mark("ANTAI heard the appeal and left it as it was"),
    RemovalState.ENDED: mark("has ended"),
}
_ENDS = {
    RemovalEnd.REVERSED: mark("ANTAI heard the appeal and put it back"),
    RemovalEnd.TERM: mark("the appeal was not answered in its term, and it is back"),
    RemovalEnd.TAKEN_BACK: mark("whoever took it away put it back"),
    RemovalEnd.REWRITTEN: mark("its author wrote other words"),
    RemovalEnd.DECLINED: mark("a second person of ANTAI did not agree"),
}


def scopes_of(kind: Kind, *, has_files: bool) -> list[RemovalScope]:
    """Return how much can be taken away of a public thing of a kind.

    The law of the vote stands against hiding one: of a vote words alone are blacked out, before it
    opens or in what was explained beside it; ANTAI may annul it.
    """
    if kind is Kind.VOTE:
        return [RemovalScope.WORDS]
    file = [RemovalScope.FILE] if has_files else []
    return [RemovalScope.WORDS, *file, RemovalScope.WHOLE]


#: What an entity promised, answered and declared, what a committee and neighbours saw of it, what
#: was decided in a review or a vote: ANTAI alone hides it, and two of its people must agree.
BY_TWO_OF_ANTAI = frozenset(
    {
        Kind.VOTE,
        Kind.LETTER,
        Kind.AGREEMENT,
        Kind.MILESTONE,
        Kind.WORK,
        Kind.COMMITTEE,
        Kind.VISIT,
        Kind.FINDING,
        Kind.REVIEW,
    }
)
