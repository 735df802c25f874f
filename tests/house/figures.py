"""Print how large the house is and how it is built: ``python -m tests.house.figures``."""

import ast
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.house.names import guards, is_bare, namesakes, participles, twins
from tests.house.tree import PACKAGE, ROOMS, ROOT, SOURCES, name, tree

MOST_ARGUMENTS = 6
TESTS = [path for path in SOURCES if path.is_relative_to(ROOT / "tests")]
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))


def main() -> None:
    """Print every figure."""
    sys.stdout.writelines(f"{line}\n" for line in _report())


def _report() -> Iterator[str]:
    yield "Package: files, lines, median and largest file"
    for package, paths in _packages():
        yield _sizes(package, paths)
    yield from (_sizes("labapp", ROOMS), _sizes("tests", TESTS), _sizes("templates", TEMPLATES))
    yield "\nShape"
    for words, count in _shape():
        yield f"{count:6} {words}"
    yield "\nPlaces touched, as far as the text tells"
    for words, places in _places():
        yield f"{len(places):6} {words}: {', '.join(sorted(places))}"


def _packages() -> Iterator[tuple[str, list[Path]]]:
    folders = sorted({path.relative_to(PACKAGE).parts[0] for path in ROOMS})
    for folder in folders:
        paths = [path for path in ROOMS if path.relative_to(PACKAGE).parts[0] == folder]
        if (PACKAGE / folder).is_dir():
            yield folder, paths


def _sizes(called: str, paths: list[Path]) -> str:
    lines = [path.read_text(encoding="utf-8").count("\n") for path in paths]
    largest = paths[lines.index(max(lines))]
    return (
        f"{called:14} {len(paths):4} {sum(lines):6} {statistics.median(lines):6.0f} "
        f"{max(lines):4} {name(largest)}"
    )


def _shape() -> Iterator[tuple[str, int]]:
    functions = [
        node
        for path in ROOMS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    yield (
        f"functions with over {MOST_ARGUMENTS} arguments",
        sum(_arguments(node) > MOST_ARGUMENTS for node in functions),
    )
    yield "functions in all", len(functions)
    yield "modules, public functions and classes named by a bare participle", len([*participles()])
    yield "participles defined or bound in all, variables and arguments too", _bound()
    yield "names of classes used more than once", len([*twins()])
    yield "names of modules used twice in one room", len([*namesakes()])
    yield "functions that can only raise and are not called require_", len([*guards()])
    yield "isinstance of anything in labapp", _calls(ROOMS, "isinstance")
    yield "acts that leave an entry (calls of acting.record)", _spelled(r"acting\.record\(")
    yield "calls of stir", _spelled(r"\bstir\(")
    yield (
        "lines over 120 characters in templates",
        sum(len(line) > 120 for path in TEMPLATES for line in path.read_text("utf-8").splitlines()),
    )
    yield (
        "tests",
        sum(
            isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
            for path in TESTS
            for node in ast.walk(tree(path))
        ),
    )
    yield (
        "asserts in tests",
        sum(isinstance(node, ast.Assert) for path in TESTS for node in ast.walk(tree(path))),
    )
    yield "pytest.raises in tests", _calls(TESTS, "raises")


def _places() -> Iterator[tuple[str, set[str]]]:
    """Give the files that name one method, one act and one room that stand for the others."""
    yield "files that name the method Schulze", _naming(r"schulze", ROOMS)
    yield (
        "files that name a kind of ballot, BallotKind.RANKS",
        _naming(r"BallotKind\.RANKS", ROOMS),
    )
    yield (
        "files that name the act PROBLEM_MERGE outside its pages and services",
        {
            each
            for each in _naming(r"PROBLEM_MERGE", ROOMS)
            if each.startswith(("labapp/domain/", "labapp/thread/", "labapp/home/"))
        },
    )
    yield (
        "files outside a room that name the room responses to take it in",
        {
            each
            for each in _naming(
                r"labapp\.responses|\bresponses\b", [*ROOMS, ROOT / "pyproject.toml"]
            )
            if re.match(r"labapp/(factory|cli/|db|thread/|domain/)|pyproject", each)
        },
    )


def _naming(pattern: str, paths: Iterable[Path]) -> set[str]:
    return {name(path) for path in paths if re.search(pattern, path.read_text("utf-8"))}


def _arguments(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many arguments a function takes, as the linter counts: self and cls too."""
    arguments = node.args
    return len(arguments.posonlyargs) + len(arguments.args) + len(arguments.kwonlyargs)


def _bound() -> int:
    """Return how often a participle is defined or bound in the package."""
    names: Counter[str] = Counter()
    for path in ROOMS:
        for node in ast.walk(tree(path)):
            match node:
                case ast.Name(id=called, ctx=ast.Store()) | ast.arg(arg=called):
                    names[called] += 1
                case ast.FunctionDef(name=called) | ast.ClassDef(name=called):
                    names[called] += 1
    return sum(count for called, count in names.items() if is_bare(called))


def _calls(paths: Iterable[Path], called: str) -> int:
    return sum(
        isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == called)
            or (isinstance(node.func, ast.Attribute) and node.func.attr == called)
        )
        for path in paths
        for node in ast.walk(tree(path))
    )


def _spelled(pattern: str) -> int:
    return sum(len(re.findall(pattern, path.read_text("utf-8"))) for path in ROOMS)


if __name__ == "__main__":
    main()
