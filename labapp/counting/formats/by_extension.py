"""Which format a file has, by its ending."""

from pathlib import PurePath
from typing import BinaryIO

from labapp.counting.election import Election
from labapp.counting.errors import UnreadableFile
from labapp.counting.formats import pabulib, preflib, ranked_csv, roll


def election(stream: BinaryIO, name: str) -> Election:
    """Read a file of ballots; its name says the format.

    Raises:
        UnreadableFile: the ending is not known, or the file breaks its format.
    """
    kind = ending(name)
    if kind == "pb":
        return pabulib.read(stream)
    if kind == "csv":
        return ranked_csv.read(stream)
    if kind in preflib.KINDS:
        return preflib.read(stream, kind)
    raise _unknown(name)


def people(stream: BinaryIO, name: str, strata: str | None) -> dict[str, str]:
    """Read a roll, person -> stratum, from a CSV or from the votes of a ``.pb`` file.

    Raises:
        UnreadableFile: the ending is not known, or the file breaks its format.
    """
    kind = ending(name)
    if kind == "pb":
        return roll.read_pabulib(stream, strata)
    if kind == "csv":
        return roll.read_csv(stream, strata)
    raise _unknown(name)


def ending(name: str) -> str:
    """Return the ending of a file's name, without its point."""
    return PurePath(name).suffix.lower().lstrip(".")


def _unknown(name: str) -> UnreadableFile:
    return UnreadableFile(
        "%(name)s cannot be read: a file ends in .pb, .soi, .soc, .toi, .toc or .csv.",
        name=PurePath(name).name,
    )
