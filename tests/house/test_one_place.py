"""What is answered in one place is answered nowhere else."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGE, ROOMS, name, tree

#: Tables with a date of their own: when a problem was published, when the count of a vote was.
DATED = {"Problem", "problem", "Consultation", "consultation", "vote"}


def rooms(*but: str) -> Iterator[Path]:
    """Give every file of the house save those where the answer is at home."""
    for path in ROOMS:
        here = path.relative_to(PACKAGE).as_posix()
        if not here.startswith(but):
            yield path


def at(path: Path, node: ast.expr) -> str:
    """Say where something stands."""
    return f"{name(path)}:{node.lineno}"


def test_what_the_public_may_see_is_known_to_the_thread_alone() -> None:
    offenders = [
        at(path, node)
        for path in rooms("thread/")
        for node in _asking_for_none(tree(path))
        if "drift" not in path.stem and not _is_dated(node)
    ]

    assert offenders == [], (
        "ask thread.queries.public() in a query and thing.is_public of a row: "
        "they know all that keeps a thing from the public"
    )


def _asking_for_none(source: ast.Module) -> Iterator[ast.Attribute]:
    """Give each ``x.published_at`` that is compared with None, outside what looks for drift."""
    drifting = {
        inner
        for outer in ast.walk(source)
        if isinstance(outer, ast.FunctionDef) and "drift" in outer.name
        for inner in ast.walk(outer)
    }
    for node in ast.walk(source):
        if node in drifting:
            continue
        found: ast.expr | None = None
        if isinstance(node, ast.Compare) and any(_is_none(other) for other in node.comparators):
            found = node.left
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found = node.func.value if node.func.attr in {"is_", "is_not"} else None
        if isinstance(found, ast.Attribute) and found.attr == "published_at":
            yield found


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_dated(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in DATED
