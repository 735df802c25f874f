"""Files are short, named for what they hold, and say nothing of where they were made."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOMS, SOURCES, name, published, tree

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "constants"}
#: Written in halves, so that this file does not name them.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "--index" + "-url ")


#: A migration is a picture of the tables at one moment: long where they are many.
WRITTEN = [path for path in SOURCES if "versions" not in path.parts]


@pytest.mark.parametrize("path", WRITTEN, ids=name)
def test_a_file_is_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")

    assert lines <= 300, "split it: one half is a noun of its own"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_is_named_for_what_it_holds(path: Path) -> None:
    assert not VAGUE & {path.stem, *path.relative_to(PACKAGE.parent).parts}


@pytest.mark.parametrize("path", ROOMS, ids=name)
def test_imports_stand_at_the_top(path: Path) -> None:
    hidden = [
        inner.lineno
        for outer in ast.walk(tree(path))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert not hidden, f"{name(path)} hides imports in functions, at lines {hidden}"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_opens_with_what_it_holds(path: Path) -> None:
    source = tree(path)

    assert not source.body or ast.get_docstring(source), "open it with one sentence"


def test_no_file_names_a_package_index() -> None:
    named = {
        name(path): host
        for path in published()
        for host in HOSTS
        if host.encode() in path.read_bytes()
    }

    assert not named
