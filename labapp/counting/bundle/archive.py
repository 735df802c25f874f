"""One zip with the same bytes each time, and reading one that anybody may have made."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, TypeVar

from labapp.counting.errors import UnreadableFile

#: Bytes: two hundred thousand rankings of thirty options, several times over.
LARGEST_FILE = 64 * 1024 * 1024
LARGEST_BUNDLE = 160 * 1024 * 1024
#: A file that grows more than this when it is unpacked is no table of ballots.
MOST_GROWTH = 200
MOST_FILES = 20
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NAME = re.compile(r"[a-z]+\.[a-z]{2,4}", re.ASCII)
#: The first day a zip can tell: the files say themselves when the vote was.
_DAY = (1980, 1, 1, 0, 0, 0)


R = TypeVar("R")


class Torn(Exception):  # noqa: N818  (it is found in a file, and not a fault of ours)
    """A file of the bundle is not the one that was packed: its own check sum says so."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a zip, uncompressed: bytes that no version of a library changes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as bundle:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, files[name])
    return packed.getvalue()


class Files(Mapping[str, bytes]):
    """The files of a bundle, each read when it is asked for: a bundle may be large."""

    def __init__(self, bundle: zipfile.ZipFile) -> None:
        self.bundle = bundle
        self.entries = {entry.filename: entry for entry in bundle.infolist()}

    def __getitem__(self, name: str) -> bytes:
        """Read a file.

        Raises:
            UnreadableFile: it holds what no bundle holds.
            Torn: it does not match the check sum that the zip has of it.
        """
        entry = self.entries[name]
        return _guarded(lambda: _read(self.bundle, entry))

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def open_bundle(stream: BinaryIO) -> Files:
    """Open a bundle, within bounds.

    Raises:
        UnreadableFile: it is no zip, or holds what no bundle holds.
    """
    bundle = _guarded(lambda: zipfile.ZipFile(stream))
    _require_safe(bundle.infolist())
    return Files(bundle)


def _guarded(act: Callable[[], R]) -> R:
    """Open or read, and answer whatever anybody may have written in a zip."""
    try:
        return act()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        if "CRC" in str(error):
            raise Torn(str(error)) from None
        raise UnreadableFile("This is not a bundle: it cannot be opened as a zip.") from None
    except zlib.error:
        raise Torn("a compressed file is damaged") from None
    except (OSError, ValueError, OverflowError, UnicodeDecodeError, RuntimeError):
        raise UnreadableFile("This is not a bundle: it cannot be opened as a zip.") from None


def _require_safe(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MOST_FILES:
        raise UnreadableFile("This is not a bundle: it has more than %(most)s files.", most="20")
    for name in names:
        if not _NAME.fullmatch(name):
            raise UnreadableFile(
                "This is not a bundle: it has a file with a name that no bundle has."
            )
        if names.count(name) > 1:
            raise UnreadableFile("This is not a bundle: it has %(name)s twice.", name=name)
    if any(entry.compress_type not in PACKED for entry in entries):
        raise UnreadableFile("This is not a bundle: it is packed in a way that no bundle is.")
    if any(e.file_size > MOST_GROWTH * max(e.compress_size, 5_000) for e in entries):
        raise UnreadableFile("This is not a bundle: its files are too large.")
    if sum(entry.file_size for entry in entries) > LARGEST_BUNDLE:
        raise UnreadableFile("This is not a bundle: its files are too large.")


def _read(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & 1:
        raise UnreadableFile("This is not a bundle: it is locked with a password.")
    with bundle.open(entry) as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise UnreadableFile("This is not a bundle: %(name)s is too large.", name=entry.filename)
    return content
