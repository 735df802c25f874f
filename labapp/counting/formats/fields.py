"""The fields of a file of ballots, and what is said of one that cannot be read."""

import re

from labapp.counting.errors import UnreadableFile
from labapp.counting.numbers import THOUSANDS, exact
from labapp.counting.outcome import Amount

#: Letters; the longest title of a project in Pabulib has some 700.
LONGEST_NAME = 2_000


class BadFile(UnreadableFile):
    """A file of ballots breaks its format; the sentence has the line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__("Line %(line)s: %(what)s.", line=str(line), what=what)


def amount(text: str, line: int, what: str, *, signed: bool = False) -> Amount:
    """Return a number, exact; decimals may be written with point or comma.

    Args:
        text: as it stands in the file.
        line: where.
        what: whose number it is, for the sentence of a refusal.
        signed: whether it may be negative.

    Raises:
        BadFile: it is no number, or not one that it may be.
    """
    value = exact(text)
    if value is None:
        why = "which is not a number"
        if THOUSANDS.fullmatch(text.strip()):
            why = "which may be thousands or decimals; write it without the comma"
        raise BadFile(line, f"{what} is {quote(text)}, {why}")
    if value < 0 and not signed:
        raise BadFile(line, f"{what} is {quote(text)}, which is negative")
    return value


def ballot_count(text: str, line: int) -> int:
    """Return how many ballots a line stands for."""
    if not re.fullmatch(r"\d{1,9}", text.strip(), re.ASCII):
        raise BadFile(line, f"the count of ballots is {quote(text)}, which is not a whole number")
    if not int(text):
        raise BadFile(line, "the count of ballots is 0, and a line stands for one or more")
    return int(text)


def option_name(text: str, line: int) -> str:
    """Return the name of an option, or refuse one that no paper could carry."""
    name = text.strip()
    if len(name) > LONGEST_NAME:
        raise BadFile(line, f"the name {quote(name)} is too long")
    return name


def quote(text: str) -> str:
    """Return a text from a file fit to be quoted: printable and short."""
    clean = "".join(c if c.isprintable() else "?" for c in text.strip())
    return f"“{clean if len(clean) <= 40 else clean[:39] + '…'}”"
