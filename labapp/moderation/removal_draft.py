"""RemovalDraft: what somebody wants taken away, before it has a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from labapp.domain.removal import RemovalScope
from labapp.domain.removal_code import RemovalCode


@dataclass(frozen=True, slots=True)
class RemovalDraft:
    """What is to be taken away, and why.

    Attributes:
        scope: how much.
        code: the public half of the reason.
        words: the other half, for the author and the desk; not empty.
        notice: what stands in the place of what is hidden whole: who, why, when; at most 140
            letters, with the number of the thing, so that no two are the same.
        hidden_words: words or phrases to be blacked out, with scope WORDS.
        file_id: the file, with scope FILE.
    """

    scope: RemovalScope
    code: RemovalCode
    words: str
    notice: str
    hidden_words: Sequence[str] = ()
    file_id: int | None = None
