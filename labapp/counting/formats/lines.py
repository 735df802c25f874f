"""A file as lines of text, with bounds: a gigabyte of rubbish takes no memory."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from labapp.counting.formats.fields import BadFile

#: Bytes: a vote for 10,000 options of 20 letters.
LONGEST_LINE = 200_000
#: Ten times the largest participatory budget published in Pabulib.
LARGEST_FILE = 512 * 1024 * 1024
#: Lines of separators alone, such as a sheet leaves below its last row, besides one for each line
#: that says something: a file of nothing else is refused after some 100 KB.
MOST_EMPTY = 100_000
_SEPARATORS = " \t\r\n,;"
#: A paper with more options is not one.
MOST_OPTIONS = 10_000


def lines(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yield (number, text) of each line, without its end.

    Raises:
        BadFile: a line is too long, is not UTF-8, or has a NUL; or the file is too large, or
            mostly empty.
    """
    size = empty = 0
    for number, raw in enumerate(_ended(stream), 1):
        size += len(raw)
        if len(raw) > LONGEST_LINE:
            raise BadFile(number, "the line is too long to be part of a file of ballots")
        if size > LARGEST_FILE:
            raise BadFile(number, "the file is too large to be a file of ballots")
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise BadFile(number, "the text is not UTF-8; save the file in that encoding") from None
        if "\0" in text:
            raise BadFile(number, "the file is not text")
        empty += not text.strip(_SEPARATORS)
        if 2 * empty > number + MOST_EMPTY:
            raise BadFile(number, "there are too many empty lines for a file of ballots")
        yield number, text.rstrip("\r\n")


def _ended(stream: BinaryIO) -> Iterator[bytes]:
    """Yield each line with its end, whether that is LF, CR LF, or CR alone."""
    rest = b""
    while piece := stream.readline(LONGEST_LINE + 1):
        *whole, rest = (rest + piece).splitlines(keepends=True)
        yield from whole
        # A CR at the end of a piece may have its LF in the next one.
        if rest.endswith(b"\n") or len(rest) > LONGEST_LINE:
            yield rest
            rest = b""
    if rest:
        yield rest


def rows(stream: BinaryIO, *, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, fields) of each row of a separated file, empty ones left out.

    The line is that where the row begins: a field in quotation marks may have several.

    Raises:
        BadFile: as ``lines``; or a quotation mark that is not closed swallowed rows.
    """
    last = 0

    def texts() -> Iterator[str]:
        nonlocal last
        for number, text in lines(stream):
            last = number
            yield text + "\n"

    # Not strict: published files hold names as "Ana" Pérez, which every reader takes.
    reader = csv.reader(texts(), delimiter=delimiter)
    while True:
        first = last + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _unclosed(first) from None
        if last > first and _has_rows(row, delimiter):
            raise _unclosed(first)
        if any(field.strip() for field in row):
            yield first, row


def _has_rows(row: list[str], delimiter: str) -> bool:
    """Tell whether the later lines of a field look like rows, which an open mark swallowed."""
    return len(row) == 1 or any(delimiter in field.partition("\n")[2] for field in row)


def _unclosed(line: int) -> BadFile:
    return BadFile(line, "a quotation mark is not closed, or a field is too long")
