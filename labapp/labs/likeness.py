"""Whether two names sound alike: by ear, by part of the name, in any order, with a slip or two."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from labapp.domain.folding import fold

_WORD = re.compile(r"[^\W_]+")
#: Words of a name that tell nobody apart.
_SMALL = frozenset(["de", "del", "la", "las", "los", "el", "y", "e", "da", "do", "dos"])
#: Cyrillic and Greek letters, as they look beside Latin ones, and as they are read on their own.
_LOOKS = str.maketrans(
    "\u0430\u0432\u0435\u0456\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445"
    "\u0455\u0458\u0501\u051b\u051d\u04bb"
    "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
    "\u0131\u0142\u00f8\u0111",
    "abeikmhopctyxsjdqwhabezhikmnoptyxilod",
)
_READ = dict(
    zip(
        (*range(0x430, 0x439), *range(0x43A, 0x450), *range(0x3B1, 0x3CA)),
        "a b v g d e j z i k l m n o p r s t u f j s ch ch ch _ i _ e iu ia "
        "a b g d e z i t i k l m n ks o p r s s t i f j ps o".replace("_", "").split(" "),
        strict=True,
    )
)
#: In a word that has Latin letters too: as they look, and the rest as read; alone the reverse.
_BESIDE: dict[int, int | str] = {**_READ, **_LOOKS}
_ALONE: dict[int, int | str] = {**_LOOKS, **_READ}
#: Categories of signs that nobody sees: formats, and marks over letters.
_UNSEEN = frozenset(["Cc", "Cf", "Mn", "Me"])
#: Names as people say them in Panama, and as they are written in full.
_SHORT_NAMES = {
    short: full
    for full, said in (
        ("antonio", "tono"),
        ("concepcion", "concha"),
        ("dolores", "lola"),
        ("feliciano", "chano"),
        ("francisco", "paco pancho"),
        ("graciela", "chela"),
        ("guadalupe", "lupe lupita"),
        ("ignacio", "nacho"),
        ("isabel", "chabela"),
        ("jose", "pepe chepe"),
        ("maria", "ma mary"),
        ("mercedes", "meche"),
        ("rosario", "charo"),
    )
    for short in said.split()
}
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
    (re.compile(r"([^\W\d_])\1+"), r"\1"),
)
#: A word this short is compared whole; a longer one may have a slip, or be typed in part.
_SHORT = 4
#: How alike a name and its initial are, and how an initial may sound.
_INITIAL = 0.5
_INITIALS = {"c": "ks", "g": "gj", "h": "aeiou", "q": "k", "v": "b", "w": "b", "x": "sj", "z": "s"}


def skeleton(name: str) -> str:
    """Return a name as the eye reads it: no capitals, marks or signs unseen, Latin letters."""
    seen = "".join(char for char in fold(name) if unicodedata.category(char) not in _UNSEEN)
    return " ".join(_latin(word) for word in seen.split())


def _latin(word: str) -> str:
    """Return a word in Latin letters: by their looks, or read where some look like none."""
    looks = word.translate(_LOOKS)
    return looks if looks.isascii() else word.translate(_ALONE if _is_foreign(word) else _BESIDE)


def _is_foreign(word: str) -> bool:
    return not any(char.isascii() and char.isalpha() for char in word)


@lru_cache(maxsize=10_000)
def sounds(name: str) -> tuple[str, ...]:
    """Return how the telling words of a name sound, in the order written."""
    words = _WORD.findall(skeleton(name))
    telling = [word for word in words if word not in _SMALL] or words
    return tuple(_by_ear(_SHORT_NAMES.get(word, word)) for word in telling)


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


def near(heard: tuple[str, ...], words: Iterable[str]) -> frozenset[str]:
    """Return which of these words sounds like one of those heard: the others need no score."""
    return frozenset(w for w in words if any(_likeness(one, w) for one in heard))


def is_same_name(one: str, two: str) -> bool:
    """Tell whether two names are written the same, but for marks, capitals and order."""
    return bool(_parts(one)) and _parts(one) == _parts(two)


@lru_cache(maxsize=10_000)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(sorted(skeleton(name).split()))


def _by_ear(word: str) -> str:
    if len(word) == 1:
        return word
    for letters, sound in _BY_EAR:
        word = letters.sub(sound, word)
    return word


def _likeness(one: str, two: str) -> float:
    if one == two:
        return 1
    if one.isdigit() or two.isdigit():
        return 0
    short, long = (one, two) if len(one) <= len(two) else (two, one)
    if len(short) == 1:
        return _INITIAL if long[0] in _INITIALS.get(short, short) else 0
    if len(short) < _SHORT - 1 or (one[0] != two[0] and one[-1] != two[-1]):
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
