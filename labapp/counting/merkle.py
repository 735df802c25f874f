"""Merkle trees: one hash that stands for a whole list.

Source: Laurie, Langley & Kasper, "Certificate Transparency", RFC 6962, section 2.1.
"""

from collections.abc import Iterable
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


def _leaf(content: bytes) -> bytes:
    return sha256(b"\0" + content).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
