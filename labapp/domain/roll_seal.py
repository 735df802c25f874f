"""The seal of a list of voters: published instead of the names, so that it cannot change unseen."""

from collections.abc import Iterable
from hashlib import sha256


def seal(salt: str, people: Iterable[int]) -> str:
    """Return the SHA-256 of the salt and the ascending ids, one a line, in hexadecimal.

    Ids are few and small: without the salt anyone could try who is on the list.
    """
    return sha256("\n".join([salt, *map(str, sorted(people))]).encode()).hexdigest()
