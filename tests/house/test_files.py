"""Files are short, named for what they hold, and say nothing of where they were made."""

import ast
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.house.tree import ROOMS, SOURCES, name, published, tree

#: Tells what is wrong with a file; nothing, where nothing is.
Rule = Callable[[Path], object]

LONGEST = 300
#: Heavy libraries that a server loads when they are first needed: ``tests/cli/test_preload.py``.
LATE = {"zxcvbn"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "constants"}
#: Written in halves, so that this file does not name them.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "--index" + "-url ")


#: A migration is a picture of the tables at one moment: long where they are many.
WRITTEN = [path for path in SOURCES if "versions" not in path.parts]


def too_long(path: Path) -> int:
    """Return the number of lines, where they are too many."""
    lines = path.read_text(encoding="utf-8").count("\n")
    return lines if lines > LONGEST else 0


def vague(path: Path) -> set[str]:
    """Return the words of its path that say nothing."""
    return VAGUE & {path.stem, *Path(name(path)).parts}


def hidden_imports(path: Path) -> list[int]:
    """Return the lines of the imports that stand inside functions."""
    return [
        inner.lineno
        for outer in ast.walk(tree(path))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
        and not (isinstance(inner, ast.ImportFrom) and inner.module in LATE)
    ]


def unopened(path: Path) -> bool:
    """Tell whether a file holds something and does not say what."""
    source = tree(path)
    return bool(source.body) and not ast.get_docstring(source)


def offenders(rule: Rule, paths: Iterable[Path]) -> dict[str, object]:
    """Return what is wrong, by file."""
    return {name(path): fault for path in paths if (fault := rule(path))}


def test_every_file_is_short() -> None:
    assert offenders(too_long, WRITTEN) == {}, "split it: one half is a noun of its own"


def test_every_file_is_named_for_what_it_holds() -> None:
    assert offenders(vague, SOURCES) == {}, "rename it for what it holds"


def test_imports_stand_at_the_top() -> None:
    assert offenders(hidden_imports, ROOMS) == {}, "move what stands at these lines to the top"


def test_every_file_opens_with_what_it_holds() -> None:
    assert offenders(unopened, SOURCES) == {}, "open it with one sentence"


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        (too_long, "long.py", '"""Holds a list."""\n' + "\n" * LONGEST),
        (vague, "utils.py", '"""Holds a list."""\n'),
        (vague, "helpers/list.py", '"""Holds a list."""\n'),
        (hidden_imports, "list.py", "def hide():\n    if True:\n        import os\n"),
        (unopened, "list.py", "import os\n"),
    ],
)
def test_an_offender_is_named(tmp_path: Path, rule: Rule, place: str, text: str) -> None:
    sound, planted = tmp_path / "sound.py", tmp_path / place
    planted.parent.mkdir(exist_ok=True)
    sound.write_text('"""Holds a list."""\n\nimport os\n', encoding="utf-8")
    planted.write_text(text, encoding="utf-8")

    assert list(offenders(rule, [sound, planted])) == [name(planted)]


def test_no_file_names_a_package_index() -> None:
    named = {
        name(path): host
        for path in published()
        for host in HOSTS
        if host.encode() in path.read_bytes()
    }

    assert not named
