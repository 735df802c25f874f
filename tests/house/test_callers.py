"""What nobody calls is not kept: each public function and class of a room has a caller."""

import ast
from collections.abc import Iterator, Mapping

from tests.house.furniture import dotted
from tests.house.tree import PACKAGE, ROOMS, name, tree

#: Libraries: what they offer may be for others.
LIBRARIES = {"domain", "counting"}


def test_each_public_function_of_a_room_has_a_caller_beside_the_tests() -> None:
    used = _used()
    unused = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in ROOMS
        if path.relative_to(PACKAGE).parts[0] not in LIBRARIES
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not node.decorator_list
        and not {dotted(path), f"{dotted(path)}.{node.name}"} & used
    ]

    assert not unused, "delete these, or call them:\n" + "\n".join(unused)


def test_what_only_calls_itself_has_no_caller() -> None:
    source = ast.parse("from a import b as c\ndef f(): return f()\ndef g(): return c.h(f, c)")

    assert set(_references(source, "m", {"c": "a.b", "f": "m.f", "g": "m.g"})) == {
        "a.b",
        "a.b.h",
        "m.f",
    }


def _used() -> set[str]:
    """Return every dotted path that some other code of the house names, through re-exports too."""
    passed_on: dict[str, str] = {}
    named: set[str] = set()
    for path in ROOMS:
        here, source = dotted(path), tree(path)
        imported = dict(_imported(source))
        passed_on.update({f"{here}.{alias}": whole for alias, whole in imported.items()})
        own = {
            node.name: f"{here}.{node.name}"
            for node in source.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        named.update(_references(source, here, own | imported))
    for each in tuple(named):
        whole = each
        while (whole := passed_on.get(whole, "")) and whole not in named:
            named.add(whole)
    return named


def _imported(source: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(source):
        if isinstance(node, ast.ImportFrom):
            yield from ((a.asname or a.name, f"{node.module}.{a.name}") for a in node.names)
        elif isinstance(node, ast.Import):
            yield from ((a.asname, a.name) for a in node.names if a.asname)


def _references(source: ast.Module, here: str, bound: Mapping[str, str]) -> Iterator[str]:
    """Give what a file names, in full; of ``x.y`` not ``x``, and of a function not itself."""
    for top in source.body:
        itself = f"{here}.{getattr(top, 'name', '')}"
        within = {id(node.value) for node in ast.walk(top) if isinstance(node, ast.Attribute)}
        for node in ast.walk(top):
            spelled = ""
            if isinstance(node, ast.Attribute):
                spelled = ast.unparse(node)
            elif isinstance(node, ast.Name) and id(node) not in within:
                spelled = node.id
            first, _, others = spelled.partition(".")
            if first in bound and bound[first] != itself:
                yield f"{bound[first]}.{others}" if others else bound[first]
