"""Fold text for comparison: no marks, no capitals, single blanks ("Ñürüm" becomes "nurum")."""

import unicodedata


def fold(text: str) -> str:
    """Return ``text`` as a search compares it."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in parted if not unicodedata.combining(c)).split())
