"""A roll from which people are drawn: a CSV with a heading, or the votes of a ``.pb`` file."""

from typing import BinaryIO

from labapp.domain.formats import pabulib
from labapp.domain.formats.election import BadFile, shown
from labapp.domain.formats.lines import rows

#: One more person on a roll than there are people in Panama is a mistake.
LARGEST_ROLL = 4_500_000
#: All of a roll without strata.
EVERYBODY = ""


def read_csv(stream: BinaryIO, strata: str | None) -> dict[str, str]:
    """Read person -> stratum; the first column names the person, ``strata`` is another column.

    Raises:
        BadFile: with the line.
    """
    table = rows(stream, delimiter=",")
    line, row = next(table, (1, [""]))
    heading = [name.strip() for name in row]
    if not heading[0]:
        raise BadFile(line, "the file has no heading that names its columns")
    if strata is not None and strata not in heading:
        raise BadFile(line, f"there is no column {shown(strata)}")
    at = None if strata is None else heading.index(strata)
    people: dict[str, str] = {}
    for line, row in table:
        if len(row) != len(heading):
            raise BadFile(line, f"there are {len(row)} fields and {len(heading)} columns")
        _add(people, row[0].strip(), EVERYBODY if at is None else row[at].strip(), line)
    return people


def read_pabulib(stream: BinaryIO, strata: str | None) -> dict[str, str]:
    """Read voter -> stratum from the votes of a ``.pb`` file.

    Raises:
        BadFile: with the line.
    """
    _, voters = pabulib.opened(stream)
    people: dict[str, str] = {}
    for voter in voters:
        if strata is not None and strata not in voter.fields:
            raise BadFile(voter.line, f"there is no column {shown(strata)}")
        stratum = EVERYBODY if strata is None else voter.fields[strata].strip()
        _add(people, voter.fields.get("voter_id", "").strip(), stratum, voter.line)
    return people


def _add(people: dict[str, str], person: str, stratum: str, line: int) -> None:
    if not person:
        raise BadFile(line, "the person has no name")
    if person in people:
        raise BadFile(line, f"{shown(person)} is on the roll twice")
    if len(people) >= LARGEST_ROLL:
        raise BadFile(line, "the roll is too long")
    people[person] = stratum
