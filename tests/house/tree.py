"""The files of the house, as the tests that guard it see them."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "labapp"
SOURCES = sorted(
    path
    for folder in ("labapp", "tests", "migrations")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
)
ROOMS = [path for path in SOURCES if path.is_relative_to(PACKAGE)]


def name(path: Path) -> str:
    """Return a path as people write it: from the root of the repository."""
    return Path(os.path.relpath(path, ROOT)).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return what a file says."""
    return ast.parse(path.read_text(encoding="utf-8"))


def published() -> Iterator[Path]:
    """Give every file that a copy of the repository carries, save pictures and fonts."""
    for top in sorted(ROOT.iterdir()):
        if top.is_file():
            yield top
        elif top.name in {"labapp", "migrations", "tests", "docs", ".ci"}:
            yield from (
                path
                for path in sorted(top.rglob("*"))
                if path.is_file() and not {"__pycache__", "gallery", "out"} & set(path.parts)
            )
