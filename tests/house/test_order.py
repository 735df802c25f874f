"""The order of the house: who may import whom, and who may write what."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOMS, ROOT, name, tree

PURE = """
import importlib, pkgutil, sys
before = set(sys.modules)
room = importlib.import_module(sys.argv[1])
for found in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    importlib.import_module(found.name)
brought = {name.partition(".")[0] for name in set(sys.modules) - before}
ours = {name for name in sys.modules if name.startswith("labapp.")}
foreign = {name for name in ours if not (name + ".").startswith(room.__name__ + ".")}
print(sorted((brought - sys.stdlib_module_names - {"labapp"}) | foreign))
"""


def test_later_rooms_know_earlier_ones_and_never_the_reverse() -> None:
    command = Path(sys.executable).with_name("lint-imports")

    lint = subprocess.run(  # noqa: S603
        [str(command), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert lint.returncode == 0, lint.stdout + lint.stderr


@pytest.mark.parametrize("room", ["labapp.counting", "labapp.domain"])
def test_the_count_and_the_domain_need_only_the_standard_library(room: str) -> None:
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PURE, room], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"


def test_only_stages_moves_a_lab() -> None:
    writers = {name(path) for path in ROOMS if any(map(_moves, ast.walk(tree(path))))}

    assert writers <= {"labapp/stages/service/__init__.py"}


def test_no_service_commits_and_no_file_swallows_every_error() -> None:
    committing = {
        name(path)
        for path in PACKAGE.rglob("service.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    }
    swallowing = {
        name(path)
        for path in ROOMS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    }

    assert not committing
    assert not swallowing


def _moves(node: ast.AST) -> bool:
    """Say whether a node assigns ``x.stage``, passes ``stage=`` to a row, or sets by name."""
    match node:
        case ast.Attribute(attr="stage", ctx=ast.Store()):
            return True
        case ast.Call(func=ast.Name(id="Lab") | ast.Attribute(attr="values"), keywords=given):
            return any(word.arg == "stage" for word in given)
        case ast.Call(func=ast.Name(id="setattr") | ast.Attribute(attr="populate_obj")):
            return True
    return False
