"""The files named on the command line, looked at before they are opened."""

import stat
from pathlib import Path

from labapp.domain.errors import Unreadable


def content(file: Path, largest: int, too_large: str) -> bytes:
    """Read a whole file, and no more of it than ``largest`` even if it grows meanwhile.

    Raises:
        Unreadable: as ``bounded``.
    """
    bounded(file, largest, too_large)
    with file.open("rb") as stream:
        found = stream.read(largest + 1)
    if len(found) > largest:
        raise Unreadable(too_large, name=file.name)
    return found


def bounded(file: Path, largest: int, too_large: str) -> None:
    """Refuse what may never end, and a file larger than one of its kind can be.

    Args:
        file: a path that is there.
        largest: bytes.
        too_large: the sentence of the refusal, with a place for the name.

    Raises:
        Unreadable: it is a pipe, a device or a socket; or it is too large.
    """
    about = file.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Unreadable("%(name)s is a pipe or a device, and not a file.", name=file.name)
    if about.st_size > largest:
        raise Unreadable(too_large, name=file.name)
