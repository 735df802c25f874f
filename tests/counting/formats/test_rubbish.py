"""Files of tens of megabytes that hold nothing: refused after a small part of them is read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labapp.counting.errors import UnreadableFile
from labapp.counting.formats import by_extension
from labapp.counting.formats.lines import LONGEST_LINE
from tests.counting.formats.test_pabulib import GOOD
from tests.counting.formats.test_rankings import CSV, PREFLIB

Filled = Callable[[str, str, bytes], Path]
#: Bytes of rubbish in a file, and the most that is read of it.
LARGE = 24 * 1024 * 1024
LITTLE = 1024 * 1024
EMPTY = "there are too many empty lines"


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    """Write a beginning, and after it the same rubbish again and again; then take it away."""

    def write(name: str, head: str, rubbish: bytes) -> Path:
        path = tmp_path / name
        with path.open("wb") as out:
            out.write(head.encode())
            for _ in range(LARGE // 2**20):
                out.write(rubbish * (2**20 // len(rubbish)))
        return path

    yield write
    for path in tmp_path.iterdir():
        path.unlink()


@pytest.mark.parametrize("name", ["a.pb", "a.soi", "a.toc", "a.csv"])
@pytest.mark.parametrize(
    ("rubbish", "said"),
    [
        (b"\n", EMPTY),
        (b" \r\n", EMPTY),
        (b"\0", "Line 1: the line is too long"),
        (b"\0\n", "Line 1: the file is not text"),
        (b"x", "Line 1: the line is too long"),
        (b"\xff\n", "Line 1: the text is not UTF-8"),
    ],
)
def test_rubbish_is_refused_after_little_of_it(
    filled: Filled, name: str, rubbish: bytes, said: str
) -> None:
    path = filled(name, "", rubbish)

    assert read_of(path, said) <= LITTLE


@pytest.mark.parametrize(
    ("name", "head", "rubbish", "said"),
    [
        ("a.pb", GOOD, b"\n", EMPTY),
        ("a.pb", GOOD, b";;\n", EMPTY),
        ("a.pb", "META\nkey;value\n", b"a;b\n", "Line 503: the section META has too many lines"),
        ("a.pb", 'META\nkey;value\na;"', b"x\n", "a quotation mark is not closed"),
        ("a.toi", PREFLIB, b"\n", EMPTY),
        ("a.soi", "", b"#\n", "Line 101: there are too many lines of metadata"),
        ("a.csv", CSV, b",,\n", EMPTY),
    ],
)
def test_rubbish_behind_a_good_beginning_is_refused_too(
    filled: Filled, name: str, head: str, rubbish: bytes, said: str
) -> None:
    path = filled(name, head, rubbish)

    assert read_of(path, said) <= LITTLE


def test_a_roll_of_empty_lines_is_refused(filled: Filled) -> None:
    path = filled("roll.csv", "person,district\nAna,Norte\n", b",\n")

    with path.open("rb") as stream:
        with pytest.raises(UnreadableFile, match=EMPTY):
            by_extension.people(stream, path.name, None)
        assert stream.tell() <= LITTLE


@pytest.mark.parametrize(("text", "name"), [(GOOD, "a.pb"), (PREFLIB, "a.toi"), (CSV, "a.csv")])
def test_empty_lines_between_and_below_the_others_do_no_harm(
    tmp_path: Path, text: str, name: str
) -> None:
    (tmp_path / name).write_text(text.replace("\n", "\n\n") + "\n" * 5_000, encoding="utf-8")
    (tmp_path / f"plain-{name}").write_text(text, encoding="utf-8")

    with (tmp_path / name).open("rb") as spaced, (tmp_path / f"plain-{name}").open("rb") as plain:
        one, other = by_extension.election(spaced, name), by_extension.election(plain, name)

    assert (one.options, one.ballots) == (other.options, other.ballots)


def test_a_line_of_spaces_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.soi"
    path.write_text("#" + " " * (LONGEST_LINE - 10) + "x\n", encoding="utf-8")

    assert read_of(path, "the file has no ballots") == path.stat().st_size


def read_of(path: Path, said: str) -> int:
    """Return how many bytes of a file were read before it was refused."""
    with path.open("rb") as stream:
        with pytest.raises(UnreadableFile, match=said):
            by_extension.election(stream, path.name)
        return stream.tell()
