"""The first difference between what a bundle says and what the recount gives."""

from typing import Any

from labapp.counting.errors import Uncountable

#: Letters of a value that is quoted.
QUOTED = 60


class Differs(Uncountable):
    """A bundle can be read and says something that is not so."""


def compare(file: str, says: Any, gives: Any, place: str = "") -> None:
    """Compare two plain values, key by key.

    Args:
        file: whose value it is.
        says: what the file says.
        gives: what the recount gives.
        place: where in the file the value is.

    Raises:
        Differs: naming the first place where they differ.
    """
    if isinstance(says, dict) and isinstance(gives, dict):
        for key in [*gives, *(key for key in says if key not in gives)]:
            compare(file, says.get(key, _ABSENT), gives.get(key, _ABSENT), _at(place, key))
    elif isinstance(says, list) and isinstance(gives, list):
        for n, pair in enumerate(zip(says, gives, strict=False), 1):
            compare(file, *pair, _at(place, str(n)))
        if len(says) != len(gives):
            compare(file, len(says), len(gives), _at(place, "length"))
    elif type(says) is not type(gives) or says != gives:
        raise Differs(
            "%(file)s differs at %(place)s: it says %(says)s, and the recount gives %(gives)s.",
            file=file,
            place=place or "its beginning",
            says=_quoted(says),
            gives=_quoted(gives),
        )


_ABSENT = object()


def _at(place: str, key: str) -> str:
    return f"{place}, {key[:QUOTED]}" if place else key[:QUOTED]


def _quoted(value: Any) -> str:
    if value is _ABSENT:
        return "nothing"
    text = "null" if value is None else str(value)
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
