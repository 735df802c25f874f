"""Merkle trees: one hash that stands for a whole list, and short proofs that something is in it.

Source: Laurie, Langley & Kasper, "Certificate Transparency", RFC 6962, section 2.1.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256


def root(leaves: Iterable[bytes]) -> str:
    """Return the root of the tree over ``leaves``, in hexadecimal; their order counts.

    Equal leaves that follow one another are hashed once, and no level is held whole.
    """
    last, hashed = None, b""
    whole: list[tuple[int, bytes]] = []  # trees of 2**height leaves, the largest first
    for leaf in leaves:
        if leaf != last:
            last, hashed = leaf, _leaf(leaf)
        height, node = 0, hashed
        while whole and whole[-1][0] == height:
            node = _node(whole.pop()[1], node)
            height += 1
        whole.append((height, node))
    if not whole:
        return sha256(b"").hexdigest()
    _, node = whole.pop()
    while whole:
        node = _node(whole.pop()[1], node)
    return node.hex()


def proof(leaves: Sequence[bytes], place: int) -> tuple[str, ...]:
    """Return the hashes that lead from the leaf at ``place``, from 0, up to the root.

    Raises:
        ValueError: there is no such place.
    """
    if not 0 <= place < len(leaves):
        raise ValueError("there is no leaf at that place")
    path = []
    level = [_leaf(each) for each in leaves]
    while len(level) > 1:
        beside = place ^ 1
        if beside < len(level):
            path.append(level[beside].hex())
        level = _above(level)
        place //= 2
    return tuple(path)


def proves(path: Sequence[str], leaf: bytes, *, place: int, size: int, root: str) -> bool:
    """Tell whether ``path`` shows that ``leaf`` is at ``place`` of the ``size`` leaves of ``root``.

    Source: the algorithm of RFC 9162, section 2.1.3.2, on the same tree.
    """
    if not 0 <= place < size:
        return False
    here, last = place, size - 1
    found = _leaf(leaf)
    for each in path:
        try:
            beside = bytes.fromhex(each)
        except ValueError:
            return False
        if not last:
            return False
        if here & 1 or here == last:
            found = _node(beside, found)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = _node(found, beside)
        here, last = here >> 1, last >> 1
    return not last and found.hex() == root


def _leaf(content: bytes) -> bytes:
    return sha256(b"\0" + content).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _above(level: list[bytes]) -> list[bytes]:
    """Return the next level: pairs joined, one left over carried up as it is."""
    joined = [_node(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
    return joined + level[len(joined) * 2 :]
