"""Ranked ballots as ``count,choice1,choice2,…``, with ``undervote`` and ``overvote`` in words."""

import re
from typing import BinaryIO

from labapp.counting.election import Election
from labapp.counting.formats.distinct_ballots import Urn
from labapp.counting.formats.fields import BadFile, ballot_count, option_name, quote
from labapp.counting.formats.lines import MOST_OPTIONS, rows
from labapp.counting.outcome import Rank, Ranking, SpoiltRank

UNDERVOTE, OVERVOTE = "undervote", "overvote"


def read(stream: BinaryIO) -> Election:
    """Read a whole file; the options are the names that appear, in the order they first do.

    Raises:
        BadFile: with the line.
    """
    table = rows(stream, delimiter=",")
    line, row = next(table, (1, [""]))
    heading = [name.strip().lower() for name in row]
    if len(heading) < 2 or heading != ["count", *(f"choice{n}" for n in range(1, len(heading)))]:
        raise BadFile(line, "the file does not begin with count,choice1,choice2,…")
    ranks: dict[str, Rank[str]] = {UNDERVOTE: frozenset(), OVERVOTE: SpoiltRank.OVERVOTE}
    urn: Urn[Ranking[str]] = Urn()
    for line, row in table:
        if len(row) != len(heading):
            raise BadFile(
                line,
                f"there are {len(row)} fields, and {len(heading)} columns: a count and "
                f"{len(heading) - 1} choices, where a rank left blank is written undervote",
            )
        many = ballot_count(row[0], line)
        ranking = tuple(_rank(each.strip(), line, ranks) for each in row[1:])
        urn.put(ranking, line, len(ranking), many)
    if not urn.ballots:
        raise BadFile(line, "the file has no ballots")
    options = tuple(name for name in ranks if name not in (UNDERVOTE, OVERVOTE))
    return Election(
        options,
        {option: option for option in options},
        ballots=sum(urn.ballots.values()),
        rankings=urn.ballots,
    )


def _rank(name: str, line: int, ranks: dict[str, Rank[str]]) -> Rank[str]:
    if name not in ranks and name.lower() in (UNDERVOTE, OVERVOTE):
        return ranks[name.lower()]
    if name not in ranks:
        if not name:
            raise BadFile(line, "a choice is empty; a rank left blank is written undervote")
        if re.search(r"[\x00-\x1f]", name):
            raise BadFile(line, f"the choice {quote(name)} is not a name")
        if len(ranks) > MOST_OPTIONS:
            raise BadFile(line, f"there are more than {MOST_OPTIONS} options")
        ranks[name] = frozenset((option_name(name, line),))
    return ranks[name]
