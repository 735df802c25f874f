"""Passwords: how hard they are to guess, and what is kept of them."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from labapp.domain.errors import Conflict, mark

#: 19 MiB, two passes, one lane: OWASP's Password Storage Cheat Sheet (2023), argon2id.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
SHORTEST, LONGEST = 8, 200
#: Of zxcvbn's 0 to 4: 3 resists an offline attack on a slow hash (Wheeler, USENIX 2016).
_ENOUGH = 3
#: zxcvbn reads no more than this many characters.
_READ = 72
#: What people here would try first; zxcvbn's own lists are English.
_SPANISH = (
    (Path(__file__).parents[1] / "data" / "easy_words.txt").read_text(encoding="utf-8").split()
)


def require_strong(password: str, known: Iterable[str | None] = ()) -> None:
    """Refuse a password that is easy to guess.

    Args:
        password: as typed.
        known: what a stranger knows of the person: name, username, mail.

    Raises:
        Conflict: with the sentence to show.
    """
    if len(password) < SHORTEST:
        raise Conflict(mark("That password is too short: use at least 8 characters."))
    if len(password) > LONGEST:
        raise Conflict(mark("That password is too long: up to 200 characters."))
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists are 5 MiB, which most processes never read

    about = [word for text in known if text for word in (text, *text.split())]
    strength = zxcvbn(password[:_READ], user_inputs=[*about, *_SPANISH])
    if strength["score"] < _ENOUGH:
        raise Conflict(
            mark("That password is easy to guess. Use three or four words that do not go together.")
        )


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    return _HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one kept. It takes as long when none is kept."""
    try:
        _HASHER.verify(kept or _decoy(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_dated(kept: str) -> bool:
    """Tell whether what is kept was made with other settings than today's."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _decoy() -> str:
    """Return the hash compared when nobody has the name that was typed."""
    return _HASHER.hash("nobody signs in with this")
