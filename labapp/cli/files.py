"""The files named on the command line, looked at before they are opened."""

import stat
from pathlib import Path

from labapp.counting.errors import UnreadableFile


def content(file: Path, largest: int, too_large: str) -> bytes:
    """Read a whole file, and no more of it than ``largest`` even if it grows meanwhile.

    Raises:
        UnreadableFile: as ``require_bounded``.
    """
    require_bounded(file, largest, too_large)
    with file.open("rb") as stream:
        data = stream.read(largest + 1)
    if len(data) > largest:
        raise UnreadableFile(too_large, name=file.name)
    return data


def require_bounded(file: Path, largest: int, too_large: str) -> None:
    """Refuse what may never end, and a file larger than one of its kind can be.

    Args:
        file: a path that is there.
        largest: bytes.
        too_large: the sentence of the refusal, with a place for the name.

    Raises:
        UnreadableFile: it is a pipe, a device or a socket; or it is too large.
    """
    about = file.stat()
    if not stat.S_ISREG(about.st_mode):
        raise UnreadableFile("%(name)s is a pipe or a device, and not a file.", name=file.name)
    if about.st_size > largest:
        raise UnreadableFile(too_large, name=file.name)
