"""What a file of ballots holds, and what is said of a file that cannot be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from labapp.counting.errors import UnreadableFile
from labapp.counting.methods.additive import Points
from labapp.counting.outcome import Amount, Ranking

#: A whole number or a decimal, as 33333.333333333336. Exponents and NaN are nobody's vote or cost.
NUMBER = re.compile(r"([+-]?)(\d*)(?:[.,](\d*))?", re.ASCII)
LONGEST_NUMBER = 40
#: 1,000 is one with decimals to some, and a thousand to others.
THOUSANDS = re.compile(r"[+-]?\d*,\d{3}", re.ASCII)
#: Letters; the longest title of a project in Pabulib has some 700.
LONGEST_NAME = 2_000


class BadFile(UnreadableFile):
    """A file of ballots breaks its format; the sentence has the line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__("Line %(line)s: %(what)s.", line=str(line), what=what)


@dataclass(slots=True)
class Election:
    """Options and ballots, each option by the name it has in the file.

    Attributes:
        options: in the order of the file.
        names: option -> what is printed on the paper: the lot draws on it.
        ballots: how many there are, blank ones included.
        marks: approvals -> ballots, if the file holds approvals.
        points: points -> ballots, if it holds points.
        rankings: ranking -> ballots, if it holds rankings.
        costs: option -> cost, if it holds projects.
        budget: what there is to spend, if it is said.
        hands: option -> hands raised for it in a hall: totals that no ballot stands behind. Only
            plurality and approval can add them.
        people: how many stood in that hall; no part of ``ballots``.
        said: the metadata, key -> value.
        said_at: key -> its line, where the file is read by lines.
        remarks: sentences on what the file says of itself and is not so.
    """

    options: tuple[str, ...]
    names: dict[str, str]
    ballots: int = 0
    marks: Mapping[frozenset[str], int] | None = None
    points: dict[Points[str], int] | None = None
    rankings: dict[Ranking[str], int] | None = None
    costs: dict[str, Amount] | None = None
    budget: Amount | None = None
    hands: Mapping[str, int] = field(default_factory=dict)
    people: int = 0
    said: Mapping[str, str] = field(default_factory=dict)
    said_at: Mapping[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


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
        raise BadFile(line, f"{what} is {shown(text)}, {why}")
    if value < 0 and not signed:
        raise BadFile(line, f"{what} is {shown(text)}, which is negative")
    return value


def exact(text: str) -> Amount | None:
    """Return the number that a text writes, or None where it writes none, or may write two."""
    said = text.strip()
    found = NUMBER.fullmatch(said)
    if not found or len(said) > LONGEST_NUMBER or THOUSANDS.fullmatch(said):
        return None
    sign, whole, decimals = found.groups(default="")
    if not (whole or decimals):
        return None
    if not (sign or decimals):
        return int(whole)
    value = Fraction(int(sign + whole + decimals), 10 ** len(decimals))
    return value.numerator if value.denominator == 1 else value


def count(text: str, line: int) -> int:
    """Return how many ballots a line stands for."""
    if not re.fullmatch(r"\d{1,9}", text.strip(), re.ASCII):
        raise BadFile(line, f"the count of ballots is {shown(text)}, which is not a whole number")
    if not int(text):
        raise BadFile(line, "the count of ballots is 0, and a line stands for one or more")
    return int(text)


def named(text: str, line: int) -> str:
    """Return the name of an option, or refuse one that no paper could carry."""
    name = text.strip()
    if len(name) > LONGEST_NAME:
        raise BadFile(line, f"the name {shown(name)} is too long")
    return name


def shown(text: str) -> str:
    """Return a text from a file fit to be quoted: printable and short."""
    clean = "".join(c if c.isprintable() else "?" for c in text.strip())
    return f"“{clean if len(clean) <= 40 else clean[:39] + '…'}”"
