"""The page that a stranger reads first names the rooms that there are, and files that exist."""

import re

from tests.house.tree import PACKAGE, ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
#: What stands in the package and is no code.
SHELVES = {"data", "static", "templates", "translations", "typst", "migrations"}
HEADER = r"Date: \d{4}-\d\d-\d\d\. Status: (accepted|superseded by \d+)\.( [A-Z].*\.)?"


def test_each_room_has_its_line_and_each_line_its_room() -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", PAGE, re.MULTILINE)
    named = [room for row in rows for room in re.findall(r"`(\w+)`", row)]
    there = {
        path.stem
        for path in PACKAGE.iterdir()
        if (path.is_dir() or path.suffix == ".py") and not path.name.startswith("_")
    }

    assert sorted(named) == sorted(there - SHELVES), "give each room one line in the page"


def test_eight_files_are_to_be_read_first_and_exist() -> None:
    files = re.findall(r"^\d\. `([^`]+)`", PAGE, re.MULTILINE)

    assert len(files) == 8
    assert [each for each in files if not (ROOT / each).is_file()] == []


def test_contributing_begins_with_that_page() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    assert "docs/architecture.md" in contributing.partition("\n## ")[0]


def test_every_decision_opens_with_the_same_header() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    faults = []
    for number, path in enumerate(decisions, start=1):
        title, blank, header, *_ = path.read_text(encoding="utf-8").splitlines()
        if not path.name.startswith(f"{number:04}-") or not title.startswith(f"# {number}. "):
            faults.append(f"{path.name}: number it {number}")
        if blank or not re.fullmatch(HEADER, header):
            faults.append(f"{path.name}: 'Date: 2026-01-31. Status: accepted.' on its third line")

    assert len(decisions) > 10
    assert faults == []
