"""Fold text for comparison: no marks, no capitals, single blanks ("Ñürüm" becomes "nurum")."""

import re
import unicodedata
from collections.abc import Collection

_APART = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return ``text`` as a search compares it."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in parted if not unicodedata.combining(c)).split())


#: Characters of an address, so that three more can number it in a column of sixty.
LONGEST = 57


def slug(text: str, taken: Collection[str] = (), otherwise: str = "x") -> str:
    """Return an address for a name that nobody has: folded, numbered where it repeats.

    Args:
        text: the name.
        taken: addresses in use, and words that lead elsewhere.
        otherwise: the address of a name without a letter or figure.
    """
    whole = _APART.sub("-", fold(text)).strip("-") or otherwise
    base = whole if len(whole) <= LONGEST else whole[: LONGEST + 1].rpartition("-")[0]
    base = base or whole[:LONGEST]
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(address for address in (base, *numbered) if address not in taken)
