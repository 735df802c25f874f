"""How alike two problems sound: the share of their telling words that is the same."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from labapp.domain.folding import fold

_WORD = re.compile(r"[a-z0-9]{4,}")
#: Endings change with number and gender; the first letters of a word do not.
_STEM = 5
#: Words of four letters or more that every problem has.
_EMPTY = re.compile(
    r"aqui|alla|algo|cada|como|cuando|desde|donde|ellas?|ellos|entre|est[aeo]|estan|hace|hasta|hacia"
    r"|much[ao]s?|nada|nadie|nosotros|nuestr[ao]s?|otr[ao]s?|para|pero|porque|pueden?|siempre|sobre"
    r"|solo|tambien|tanto|tenemos|tienen?|tod[ao]s?|un[ao]s"
)
#: At least this share of the shorter text, and at least two words.
_SHARE, _WORDS = 0.4, 2


class SimilarProblem(NamedTuple):
    """A published problem as a list shows it."""

    number: int
    title: str
    supports: int


def words(text: str) -> frozenset[str]:
    """Return the stems of the telling words, folded: no marks, no case, no empty words."""
    tokens = _WORD.findall(fold(text))
    return frozenset(word[:_STEM] for word in tokens if not _EMPTY.fullmatch(word))


def alike(text: str, others: Iterable[SimilarProblem], limit: int = 3) -> Sequence[SimilarProblem]:
    """Return the others that sound most like ``text``, the likest first, at most ``limit``."""
    stems = words(text)
    scored = ((_score(stems, words(other.title)), other) for other in others)
    matches = [pair for pair in scored if pair[0] > 0]
    matches.sort(key=lambda pair: (-pair[0], -pair[1].supports, pair[1].number))
    return [other for _, other in matches[:limit]]


def _score(one: frozenset[str], two: frozenset[str]) -> float:
    shared = len(one & two)
    if shared < _WORDS:
        return 0
    share = shared / min(len(one), len(two))
    return share if share >= _SHARE else 0
