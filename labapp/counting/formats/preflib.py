"""PrefLib's ``.soc``, ``.soi``, ``.toc`` and ``.toi``: rankings, strict or tied, whole or not.

Source: Mattei & Walsh, "PrefLib: a library for preferences", ADT 2013; preflib.org/format. Files
from before 2022 begin with the number of alternatives and have no ``#``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from labapp.counting.election import Election
from labapp.counting.formats.distinct_ballots import APART, Urn
from labapp.counting.formats.fields import BadFile, ballot_count, option_name, quote
from labapp.counting.formats.lines import MOST_OPTIONS, lines
from labapp.counting.outcome import Ranking

#: Lines of metadata besides the names of the alternatives; the format knows some fifteen.
MOST_LINES = 100
KINDS = ("soc", "soi", "toc", "toi")
_NAME = re.compile(r"#\s*ALTERNATIVE NAME (\d{1,9})\s*:(.*)", re.IGNORECASE | re.ASCII)
_SAID = re.compile(r"#([^:]*):(.*)")
#: What a file counts of itself -> what that is.
_ALTERNATIVES, _VOTERS = "NUMBER ALTERNATIVES", "NUMBER VOTERS"
_SUMS = re.compile(r"(\d{1,9})\s*,\s*(\d{1,9})\s*,\s*(\d{1,9})", re.ASCII)
#: A group of equals in braces, or one alternative; and a whole ranking of these.
_RANK = re.compile(r"\{([^{}]*)\}|([^,{}]+)")
_RANKS = re.compile(rf"(?:{_RANK.pattern})(?:,(?:{_RANK.pattern}))*")

Lines = Iterator[tuple[int, str]]


@dataclass(slots=True)
class _Head:
    """What stands above the ballots; ``separator`` ends the count of each."""

    separator: str = ":"
    titles: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """Return number -> name, or the numbers when names are missing or repeated."""
        names = list(self.titles.values())
        if all(names) and len(set(names)) == len(names):
            return self.titles
        return {number: number for number in self.titles}


def read(stream: BinaryIO, kind: str) -> Election:
    """Read a whole file.

    Args:
        stream: the file.
        kind: "soc", "soi", "toc" or "toi": c ranks every alternative, s has no ties.

    Raises:
        BadFile: with the line.
    """
    content = _content(stream)
    line, text = next(content, (1, ""))
    if text.isascii() and text.isdigit():
        head, table = _older(line, text, content)
    else:
        head, table = _newer(chain([(line, text)] if text else (), content))
    return _election(head, table, kind)


def _content(stream: BinaryIO) -> Lines:
    for line, text in lines(stream):
        if text.strip():
            yield line, text.strip()


def _newer(content: Lines) -> tuple[_Head, Lines]:
    """Read the lines that begin with ``#``; return them and the ballots, still to be read."""
    head = _Head()
    line = 1
    for place, (line, text) in enumerate(content):
        if not text.startswith("#"):
            if not head.titles:
                raise BadFile(line, "there is no line “# ALTERNATIVE NAME 1: …” before the ballots")
            return head, chain([(line, text)], content)
        _tell(text, line, head)
        if place >= len(head.titles) + MOST_LINES:
            raise BadFile(line, "there are too many lines of metadata")
    raise BadFile(line, "the file has no ballots")


def _tell(text: str, line: int, head: _Head) -> None:
    if match := _NAME.fullmatch(text):
        number = str(int(match[1]))
        if number in head.titles:
            raise BadFile(line, f"the alternative {number} is there twice")
        if len(head.titles) >= MOST_OPTIONS:
            raise BadFile(line, f"there are more than {MOST_OPTIONS} alternatives")
        head.titles[number] = option_name(match[2], line)
    elif match := _SAID.fullmatch(text):
        key = match[1].strip().upper()
        head.said[key], head.lines[key] = match[2].strip(), line


def _older(line: int, text: str, content: Lines) -> tuple[_Head, Lines]:
    """Read the head of before 2022: how many alternatives, each with its number, and the sums."""
    head = _Head(separator=",")
    many = int(text[:9])
    if not 0 < many <= MOST_OPTIONS:
        raise BadFile(line, f"there are {quote(text)} alternatives, and {MOST_OPTIONS} is the most")
    for number in map(str, range(1, many + 1)):
        line, text = next(content, (line, ""))
        stated, comma, name = text.partition(",")
        if stated.strip() != number or not comma:
            raise BadFile(line, f"the line is not the alternative {number}, a comma and its name")
        head.titles[number] = option_name(name, line)
    line, text = next(content, (line, ""))
    sums = _SUMS.fullmatch(text)
    if not sums:
        raise BadFile(line, "the line is not the voters, the sum of votes and the unique orders")
    head.said[_VOTERS], head.lines[_VOTERS] = sums[2], line
    return head, content


def _election(head: _Head, table: Lines, kind: str) -> Election:
    """Read the ballots."""
    names = head.names
    ranks = {number: frozenset((name,)) for number, name in names.items()}
    urn: Urn[Ranking[str]] = Urn()
    line = max(head.lines.values(), default=1)
    for line, text in table:
        if text.startswith("#"):
            raise BadFile(line, "a line of metadata stands below the first ballot")
        first, separator, rest = text.partition(head.separator)
        if not separator:
            what = {":": "colon", ",": "comma"}[head.separator]
            raise BadFile(line, f"the line is not a count, a {what} and a ranking")
        many = ballot_count(first, line)
        ranking = _ranking(rest, line, ranks, kind)
        tied = sum(len(rank) for rank in ranking if len(rank) > 1)
        urn.put(ranking, line, len(ranking) + APART * tied, many)
    if not urn.ballots:
        raise BadFile(line, "the file has no ballots")
    options = tuple(names.values())
    ballots = sum(urn.ballots.values())
    return Election(
        options,
        {option: option for option in options},
        ballots=ballots,
        rankings=urn.ballots,
        said=head.said,
        said_at=head.lines,
        remarks=[
            *_remarks(head, _ALTERNATIVES, "alternatives", len(options)),
            *_remarks(head, _VOTERS, "ballots", ballots),
        ],
    )


def _remarks(head: _Head, key: str, what: str, found: int) -> Iterator[str]:
    """Say where the file counts itself otherwise: some may have been lost."""
    stated = head.said.get(key, "")
    if stated and stated != str(found):
        yield (
            f"Line {head.lines[key]}: the {key} is {quote(stated)}, and the file has "
            f"{found} {what}."
        )


def _ranking(
    text: str, line: int, ranks: dict[str, frozenset[str]], kind: str
) -> tuple[frozenset[str], ...]:
    numbers = text.strip().replace(", ", ",").split(",")
    if ranks.keys() >= set(numbers) and len(set(numbers)) == len(numbers):
        ranking = tuple(map(ranks.__getitem__, numbers))
    else:
        ranking = _careful(text, line, ranks, kind)
    ranked = sum(map(len, ranking))
    if kind.endswith("c") and ranked != len(ranks):
        raise BadFile(
            line, f"{ranked} of {len(ranks)} alternatives are ranked; a .{kind} file ranks all"
        )
    return ranking


def _careful(
    text: str, line: int, ranks: dict[str, frozenset[str]], kind: str
) -> tuple[frozenset[str], ...]:
    """Read a ranking that has ties, spaces or a fault."""
    text = re.sub(r"\s*([,{}])\s*", r"\1", text.strip())
    if not text:
        raise BadFile(line, "the ranking is empty")
    if not _RANKS.fullmatch(text):
        raise BadFile(line, f"the ranking {quote(text)} has a brace or a comma out of place")
    seen: set[str] = set()
    ranking = tuple(
        _rank((group or alone).split(","), line, ranks, seen)
        for group, alone in _RANK.findall(text)
    )
    if kind.startswith("s") and any(len(rank) > 1 for rank in ranking):
        raise BadFile(line, f"the ranking {quote(text)} has a tie, and a .{kind} file has none")
    return ranking


def _rank(
    numbers: list[str], line: int, ranks: dict[str, frozenset[str]], seen: set[str]
) -> frozenset[str]:
    for number in numbers:
        if number not in ranks:
            raise BadFile(line, f"the ranking has {quote(number)}, which is not an alternative")
        if number in seen:
            raise BadFile(line, f"the alternative {number} is ranked twice")
        seen.add(number)
    if len(numbers) == 1:
        return ranks[numbers[0]]  # the same for every ballot: it is kept once
    return frozenset({name for number in numbers for name in ranks[number]})
