"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORD = re.compile(r"\S+\s*|\s+")


class Piece(NamedTuple):
    """Some words, and whether they stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


def changes(old: str, new: str) -> list[Piece]:
    """Return the new text in pieces, with what went where it stood.

    The pieces that are not ``gone`` make the new text; those that are not ``new``, the old one.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("gone", "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("new", "".join(after[j1:j2])))
    return pieces
