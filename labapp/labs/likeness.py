"""Whether two names sound alike: by ear, by part of the name, in any order, with a slip or two."""

import re
from collections.abc import Iterable
from functools import lru_cache

from labapp.domain.folding import fold

_WORD = re.compile(r"[a-z0-9]+")
#: Words of a name that tell nobody apart.
_SMALL = frozenset(["de", "del", "la", "las", "los", "el", "y", "e", "da", "do", "dos"])
#: Letters that are written otherwise and sound the same in Panama.
_BY_EAR = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"qu(?=[ei])|q|k|c(?![eih])"), "k"),
    (re.compile(r"c(?=[ei])|z|x"), "s"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"gu(?=[ei])"), "g"),
    (re.compile(r"ll|y(?=[aeiou])"), "y"),
    (re.compile(r"y$"), "i"),
    (re.compile(r"v|w"), "b"),
    (re.compile(r"(?<!c)h"), ""),
    (re.compile(r"([a-z])\1+"), r"\1"),
)
#: A word this short is compared whole; a longer one may have a slip, or be typed in part.
_SHORT = 4


@lru_cache(maxsize=10_000)
def sounds(name: str) -> tuple[str, ...]:
    """Return how the telling words of a name sound, in the order written."""
    words = _WORD.findall(fold(name))
    telling = [word for word in words if word not in _SMALL] or words
    return tuple(_by_ear(word) for word in telling)


def score(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """Return how alike two names sound, as ``sounds`` gave them: 1 the same, 0 not at all.

    Each word of the shorter name has one of its own in the longer.
    """
    shorter, longer = sorted((one, two), key=len)
    left, alike = list(longer), 0.0
    for word in sorted(shorter, key=len, reverse=True):
        best = max(left, key=lambda other: _likeness(word, other), default="")
        if not (likeness := _likeness(word, best)):
            return 0
        alike += likeness
        left.remove(best)
    return alike / len(longer) if shorter else 0


def is_same_name(one: str, two: str) -> bool:
    """Tell whether two names are written the same, but for marks, capitals and order."""
    return bool(fold(one)) and sorted(fold(one).split()) == sorted(fold(two).split())


def _by_ear(word: str) -> str:
    for letters, sound in _BY_EAR:
        word = letters.sub(sound, word)
    return word


def _likeness(one: str, two: str) -> float:
    if one == two:
        return 1
    if one.isdigit() or two.isdigit() or min(len(one), len(two)) < _SHORT - 1:
        return 0
    if one.startswith(two) or two.startswith(one):
        return 0.8
    return 0.7 if min(len(one), len(two)) >= _SHORT and _is_one_slip(one, two) else 0


def _is_one_slip(one: str, two: str) -> bool:
    """Tell whether one letter was missed, added, changed, or two beside each other swapped."""
    start = _shared(one, two)
    end = _shared(reversed(one[start:]), reversed(two[start:]))
    rest = one[start : len(one) - end], two[start : len(two) - end]
    return max(map(len, rest)) <= 1 or (len(rest[0]) == 2 and rest[0] == rest[1][::-1])


def _shared(one: Iterable[str], two: Iterable[str]) -> int:
    """Return how many letters are the same from the first on."""
    count = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        count += 1
    return count
