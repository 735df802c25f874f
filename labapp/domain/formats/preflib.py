"""PrefLib's ``.soc``, ``.soi``, ``.toc`` and ``.toi``: rankings, strict or tied, whole or not.

Source: Mattei & Walsh, "PrefLib: a library for preferences", ADT 2013; preflib.org/format.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from labapp.domain.formats.election import BadFile, Election, count, named, shown
from labapp.domain.formats.lines import MOST_OPTIONS, lines
from labapp.domain.tally.ballots import Rank, Ranking

#: Lines of metadata besides the names of the alternatives; the format knows some fifteen.
MOST_LINES = 100
KINDS = ("soc", "soi", "toc", "toi")
_NAME = re.compile(r"#\s*ALTERNATIVE NAME (\d{1,9})\s*:(.*)", re.IGNORECASE | re.ASCII)
_SAID = re.compile(r"#([^:]*):(.*)")
#: A group of equals in braces, or one alternative.
_RANK = re.compile(r"\{([^{}]*)\}|([^,{}]+)")


def read(stream: BinaryIO, kind: str) -> Election:
    """Read a whole file.

    Args:
        stream: the file.
        kind: "soc", "soi", "toc" or "toi": c ranks every alternative, s has no ties.

    Raises:
        BadFile: with the line.
    """
    titles: dict[str, str] = {}
    said: dict[str, str] = {}
    rankings: dict[Ranking[str], int] = {}
    line, heads = 1, 0
    for line, text in _content(stream):
        if text.startswith("#"):
            heads += 1
            _head(text, line, titles, said)
            if heads > len(titles) + MOST_LINES:
                raise BadFile(line, "there are too many lines of metadata")
            continue
        if not titles:
            raise BadFile(line, "there is no line “# ALTERNATIVE NAME 1: …” before the ballots")
        head, colon, rest = text.partition(":")
        if not colon:
            raise BadFile(line, "the line is not a count, a colon and a ranking")
        many = count(head, line)
        ranking = _ranking(rest, line, titles, kind)
        rankings[ranking] = rankings.get(ranking, 0) + many
    if not rankings:
        raise BadFile(line, "the file has no ballots")
    return _election(titles, said, rankings)


def _content(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    for line, text in lines(stream):
        if text.strip():
            yield line, text.strip()


def _head(text: str, line: int, titles: dict[str, str], said: dict[str, str]) -> None:
    if found := _NAME.fullmatch(text):
        number = str(int(found[1]))
        if number in titles:
            raise BadFile(line, f"the alternative {number} is there twice")
        if len(titles) >= MOST_OPTIONS:
            raise BadFile(line, f"there are more than {MOST_OPTIONS} alternatives")
        titles[number] = named(found[2], line)
    elif found := _SAID.fullmatch(text):
        said[found[1].strip()] = found[2].strip()


def _ranking(text: str, line: int, titles: dict[str, str], kind: str) -> Ranking[str]:
    ranks: list[Rank[str]] = []
    seen: set[str] = set()
    text = "".join(text.split())
    if _RANK.sub("", text).replace(",", ""):
        raise BadFile(line, f"the ranking {shown(text)} has a brace out of place")
    for group, alone in _RANK.findall(text):
        options = [_option(each, line, titles) for each in (group or alone).split(",")]
        if len(options) > 1 and kind.startswith("s"):
            raise BadFile(line, f"the ranking {shown(text)} has a tie, and a .{kind} file has none")
        for option in options:
            if option in seen:
                raise BadFile(line, f"the alternative {option} is ranked twice")
            seen.add(option)
        ranks.append(frozenset(options))
    if not seen:
        raise BadFile(line, "the ranking is empty")
    if kind.endswith("c") and len(seen) != len(titles):
        raise BadFile(
            line, f"{len(seen)} of {len(titles)} alternatives are ranked; a .{kind} file ranks all"
        )
    return tuple(ranks)


def _option(text: str, line: int, titles: dict[str, str]) -> str:
    number = text.strip()
    if number not in titles:
        raise BadFile(line, f"the ranking has {shown(text)}, which is not an alternative")
    return number


def _election(
    titles: dict[str, str], said: dict[str, str], rankings: dict[Ranking[str], int]
) -> Election:
    """Return the ballots with the alternatives by name, or by number when names are not enough."""
    names = list(titles.values())
    if not all(names) or len(set(names)) != len(names):
        titles = {number: number for number in titles}
    named: dict[Ranking[str], int] = {
        tuple(
            frozenset(titles[o] for o in rank) for rank in ranking if isinstance(rank, frozenset)
        ): n
        for ranking, n in rankings.items()
    }
    options = tuple(titles.values())
    return Election(
        options,
        {option: option for option in options},
        ballots=sum(named.values()),
        rankings=named,
        said=said,
    )
