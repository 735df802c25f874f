"""A roll from which people are drawn: a CSV with a heading, or the votes of a ``.pb`` file."""

from sys import getsizeof
from typing import BinaryIO

from labapp.counting.formats import pabulib
from labapp.counting.formats.fields import BadFile, quote
from labapp.counting.formats.lines import rows

#: One more person on a roll than there are people in Panama is a mistake.
LARGEST_ROLL = 4_500_000
#: All of a roll without strata.
EVERYBODY = ""
#: Bytes of all names together: those of everybody in Panama take some 300 MB.
LARGEST_NAMES = 512 * 1024 * 1024


class _Roll:
    """People -> stratum, within what a laptop can hold."""

    def __init__(self) -> None:
        self.people: dict[str, str] = {}
        self.strata: dict[str, str] = {}
        self.names = 0

    def add(self, person: str, stratum: str, line: int) -> None:
        """Add somebody, or refuse who cannot be on a roll."""
        if not person:
            raise BadFile(line, "the person has no name")
        if person in self.people:
            raise BadFile(line, f"{quote(person)} is on the roll twice")
        self.names += getsizeof(person)
        if len(self.people) >= LARGEST_ROLL or self.names > LARGEST_NAMES:
            raise BadFile(line, "the roll is too long")
        # A stratum is kept once for all its people.
        self.people[person] = self.strata.setdefault(stratum, stratum)


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
        raise BadFile(line, f"there is no column {quote(strata)}")
    at = None if strata is None else heading.index(strata)
    roll = _Roll()
    for line, row in table:
        if len(row) != len(heading):
            raise BadFile(line, f"there are {len(row)} fields and {len(heading)} columns")
        roll.add(row[0].strip(), EVERYBODY if at is None else row[at].strip(), line)
    return roll.people


def read_pabulib(stream: BinaryIO, strata: str | None) -> dict[str, str]:
    """Read voter -> stratum from the votes of a ``.pb`` file.

    Raises:
        BadFile: with the line.
    """
    _, voters = pabulib.open_file(stream)
    roll = _Roll()
    for voter in voters:
        if strata is not None and strata not in voter.fields:
            raise BadFile(voter.line, f"there is no column {quote(strata)}")
        stratum = EVERYBODY if strata is None else voter.fields[strata].strip()
        roll.add(voter.fields.get("voter_id", "").strip(), stratum, voter.line)
    return roll.people
