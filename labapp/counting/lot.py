"""The public lot: an order that nobody can choose and anybody can compute again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest
from typing import Generic

from labapp.counting.outcome import O


def draw(seed: str, name: str) -> str:
    """Return the lot of ``name``: the SHA-256, in hexadecimal, of seed, a line feed and name.

    The smallest lot comes first. With a seed nobody could know beforehand (for example the number
    of a stated draw of the national lottery) nobody can steer it.
    """
    return sha256(f"{seed}\n{name}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Lot(Generic[O]):
    """The public lot that was announced: it puts in order what the votes leave equal.

    Attributes:
        names: option -> the words printed on the paper, distinct.
        seed: the text of the public draw.
    """

    names: Mapping[O, str]
    seed: str = ""

    def order(self, tied: Iterable[O]) -> tuple[O, ...]:
        """Return the options in the order of their lots."""
        return tuple(sorted(tied, key=lambda option: draw(self.seed, self.names[option])))

    def first(self, tied: Iterable[O], many: int) -> tuple[O, ...]:
        """Return the first so many in that order, of as many as a country has people."""
        return tuple(nsmallest(many, tied, key=lambda option: draw(self.seed, self.names[option])))
