"""The public lot: an order that nobody can choose and anybody can compute again."""

from hashlib import sha256


def draw(seed: str, name: str) -> str:
    """Return the lot of ``name``: the SHA-256, in hexadecimal, of seed, a line feed and name.

    The smallest lot comes first. With a seed nobody could know beforehand (for example the number
    of a stated draw of the national lottery) nobody can steer it.
    """
    return sha256(f"{seed}\n{name}".encode()).hexdigest()
