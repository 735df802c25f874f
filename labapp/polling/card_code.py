"""The code of a card: what is printed on a card and nowhere else; the site keeps only its hash."""

import hmac
import re
import unicodedata
from hashlib import sha256

from labapp.domain.code_alphabet import LETTERS
from labapp.voting.service.ballot_box import new_receipt

LENGTH = 12
#: Letters that a tired eye takes for one another, on paper or in handwriting.
_ALIKE = ("8B", "5S", "2Z", "6G", "UV", "VY", "MN", "EF", "PR", "DQ", "7T", "9G", "CG", "KX", "4A")
_BETWEEN = re.compile(r"[\s\-–—_.·]+")


def new() -> str:
    """Return a code never seen: twelve letters in three groups, 59 random bits, as a receipt's."""
    return new_receipt()


def read(typed: str) -> str:
    """Return what somebody typed or scanned as a code is compared: capitals, nothing between."""
    written = unicodedata.normalize("NFKC", typed[:80]).upper()
    return "".join(c for c in _BETWEEN.sub("", written) if c.isprintable())


def strays(code: str) -> str:
    """Return the characters that no code has, each once, in their order."""
    return "".join(dict.fromkeys(c for c in code if c not in LETTERS))


def hash_code(secret: str, code: str) -> str:
    """Return what is kept of a code: HMAC-SHA256 (RFC 2104) under the secret of the site.

    Whoever has the database alone cannot try codes against it.
    """
    return hmac.new(secret.encode(), f"card:{code}".encode(), sha256).hexdigest()


def similar_codes(code: str) -> list[str]:
    """Return the codes that one slip of the eye or of the hand would turn into this one."""
    neighbours = []
    for at, letter in enumerate(code):
        for pair in _ALIKE:
            if letter in pair:
                other = pair.replace(letter, "")
                neighbours.append(code[:at] + other + code[at + 1 :])
    for at in range(len(code) - 1):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        neighbours.append(swapped)
    return [other for other in dict.fromkeys(neighbours) if other != code]
