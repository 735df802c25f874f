"""A file as lines of text, with bounds: a gigabyte of rubbish takes no memory."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from labapp.domain.formats.election import BadFile

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
    number = size = empty = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
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


def rows(stream: BinaryIO, *, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, fields) of each row of a separated file, empty ones left out."""
    at = [0]

    def texts() -> Iterator[str]:
        for number, text in lines(stream):
            at[0] = number
            yield text + "\n"

    reader = csv.reader(texts(), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BadFile(at[0], "a field is too long, or a quotation mark is not closed") from None
        if any(field.strip() for field in row):
            yield at[0], row
