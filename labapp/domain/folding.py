"""Fold text for comparison: no marks, no capitals, single blanks ("Ñürüm" becomes "nurum")."""

import re
import unicodedata
from collections.abc import Collection

_APART = re.compile(r"[^a-z0-9]+")


def without_marks(text: str) -> str:
    """Return ``text`` without the marks over and under its letters."""
    parted = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parted if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Return ``text`` as a search compares it."""
    return " ".join(without_marks(text.casefold()).split())


#: Letters of other scripts that read as one of ours: Cyrillic, Greek, and the dotless i.
_LOOK_ALIKE = str.maketrans(
    "авеёкмнорсстухіјѕԁԛԝьгαεικνορτυχωı",
    "abeekmhopcctyxijsdqwbraeiknoptyxwi",
)
#: What is written and not seen: marks of any sort, joiners, soft hyphens, blanks without width.
_UNSEEN = frozenset(("Mn", "Me", "Cf"))


def skeleton(text: str) -> str:
    """Return ``text`` as an eye reads it: no marks, capitals, hidden letters; look-alikes as ours.

    Blanks stay as they are. For whoever looks for words that somebody may have disguised.
    """
    parted = unicodedata.normalize("NFKD", text.casefold())
    seen = "".join(char for char in parted if unicodedata.category(char) not in _UNSEEN)
    return seen.translate(_LOOK_ALIKE)


def hyphenate(text: str) -> str:
    """Return ``text`` as an address has it: folded, and hyphens for all but letters and figures."""
    return _APART.sub("-", fold(text)).strip("-")


#: Characters of an address, so that three more can number it in a column of sixty.
LONGEST = 57


def slug(
    text: str, taken: Collection[str] = (), otherwise: str = "x", *, longest: int = LONGEST
) -> str:
    """Return an address for a name that nobody has: folded, numbered where it repeats.

    Args:
        text: the name.
        taken: addresses in use, and words that lead elsewhere.
        otherwise: the address of a name without a letter or figure.
        longest: its most characters; a longer one ends with a whole word.
    """
    whole = hyphenate(text) or otherwise
    base = whole if len(whole) <= longest else whole[: longest + 1].rpartition("-")[0]
    base = base or whole[:longest]
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(address for address in (base, *numbered) if address not in taken)
