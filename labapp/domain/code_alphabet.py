"""The letters of codes that people read aloud and copy: of tracking, of cards, of receipts."""

import secrets

#: 0, O, 1, I and L are left out, for they are taken for others. Codes already printed have these.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: One of them, in a regular expression.
LETTER = f"[{LETTERS}]"
_GROUP = 4


def new_code(length: int) -> str:
    """Return a code of so many letters, each with almost five random bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def in_groups(code: str) -> str:
    """Return a code in groups of four, as it is printed."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
