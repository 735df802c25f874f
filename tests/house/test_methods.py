"""A way of counting is asked of its object: outside ``methods/`` nobody knows one by its name."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from labapp.counting import methods
from labapp.counting.explain import chart
from labapp.counting.method import BallotKind, Method
from labapp.counting.methods import METHODS, NAMES
from tests.house.tree import PACKAGE, ROOMS, name, tree

MODULES = [
    import_module(found.name) for found in walk_packages(methods.__path__, methods.__name__ + ".")
]
#: The modules of the methods, where each may know itself and what it is built on.
OWN = PACKAGE / "counting" / "methods"
#: Classes of rounds, outcomes and charts: what they are is told by what they answer.
PARTS = {
    each.__name__
    for module in (*MODULES, chart)
    for _, each in inspect.getmembers(module, inspect.isclass)
    if each.__module__ == module.__name__
}
#: Objects of methods, as their modules name them, and names that no other noun of the house has.
OBJECTS = {
    name
    for module in MODULES
    for name, each in inspect.getmembers(module)
    if isinstance(each, Method)
}
#: Where a method may be named for what it is, and what is said there is no decision.
ALLOWED = {
    "labapp/voting/models/__init__.py": {
        "APPROVAL"
    },  # what a vote is counted by if nobody says otherwise
    "labapp/voting/service/vote_draft.py": {"APPROVAL"},
}
#: Where a kind of ballots is what it is.
KINDS = PACKAGE / "counting" / "method.py"
#: A comparison with the name of a rule in a template.
IN_TEMPLATES = re.compile(
    r"(?:method|rule)(?:\.(?:name|value))?\s*(?:==|!=|in)\s*[(\[]?\s*[\"'](?:{})".format(
        "|".join(map(re.escape, NAMES))
    )
)


def test_nobody_outside_the_methods_knows_one_by_its_name_or_by_its_rounds() -> None:
    offenders = [
        f"{name(path)}:{line}: {what}; ask the method instead"
        for path in ROOMS
        if not path.is_relative_to(OWN) and path != KINDS
        for line, what in _offences(path)
    ]

    assert not offenders, "\n".join(offenders)


def test_no_template_knows_a_method_by_its_name() -> None:
    offenders = [
        f"{name(path)}: {found[0]}; ask the method instead"
        for path in sorted(PACKAGE.glob("templates/**/*.html"))
        for found in IN_TEMPLATES.finditer(path.read_text(encoding="utf-8"))
    ]

    assert not offenders, "\n".join(offenders)


def test_the_guard_sees_what_it_forbids() -> None:
    forbidden = (
        'if vote.rule == "stv": pass',
        'if rule in ("greedy", "irv"): pass',
        'TABLE = {"borda": 1, "stv": 2}',
        'METHODS["score"]',
        "x = isinstance(each, BoughtProject)",
        "x = isinstance(each, (int, Rounds))",
        "x = each is BallotKind.RANKS",
        "match each:\n    case ConsideredProject(): pass",
        "match rule:\n    case 'irv': pass",
        "from labapp.counting.methods.stv import STV",
    )

    assert all(list(_found(ast.parse(code), set())) for code in forbidden)


def test_every_method_is_on_the_list_and_says_all_that_is_asked() -> None:
    base: Any = Method
    classes = {each for each in _below(base) if not inspect.isabstract(each)}
    listed = {type(method) for method in METHODS.values()}

    assert {each for each in classes - listed if each.__module__.startswith(methods.__name__)} == (
        set()
    ), "add it to labapp/counting/methods/__init__.py"
    for method in METHODS.values():
        assert METHODS[method.name] is method
        assert method.label
        assert method.paper in BallotKind
        assert method.gives_points is (method.top_scale is not None)
        assert all(each.told for each in method.questions)


def _below(kind: type[Method]) -> Iterator[type[Method]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _offences(path: Path) -> Iterator[tuple[int, str]]:
    return _found(tree(path), ALLOWED.get(name(path), set()))


def _found(module: ast.Module, allowed: set[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        line = getattr(node, "lineno", 0)
        for what in (*_names(node), *_classes(node), *_imports(node, allowed)):
            yield line, what


def _names(node: ast.AST) -> Iterator[str]:
    """Yield how a node tells methods apart by their names, or by what their ballots hold."""
    match node:
        case ast.Compare(left=left, comparators=others):
            yield from (f"compares with the rule “{word}”" for word in _words(left, *others))
            yield from (f"compares with BallotKind.{each}" for each in _kinds(left, *others))
        case ast.Subscript(value=ast.Name(id="METHODS"), slice=ast.Constant(value=str(word))):
            yield f"takes the method “{word}” by its name"
        case ast.Dict(keys=keys) if len(list(_words(*filter(None, keys)))) > 1:
            yield "tells methods apart by their names"
        case ast.MatchValue(value=ast.Constant(value=str(word))) if word in NAMES:
            yield f"compares with the rule “{word}”"


def _classes(node: ast.AST) -> Iterator[str]:
    """Yield how a node asks for the class of a round, an outcome or a chart."""
    match node:
        case ast.Call(func=ast.Name(id="isinstance"), args=[_, kinds]):
            named = (each.id for each in ast.walk(kinds) if isinstance(each, ast.Name))
            yield from (f"asks whether something is a {each}" for each in named if each in PARTS)
        case ast.MatchClass(cls=ast.Name(id=part)) if part in PARTS:
            yield f"asks whether something is a {part}"


def _imports(node: ast.AST, allowed: set[str]) -> Iterator[str]:
    """Yield the methods that a node imports to name them."""
    match node:
        case ast.ImportFrom(module=str(origin), names=names) if _of_methods(origin):
            wrong = (each.name for each in names if each.name in OBJECTS - allowed)
            yield from (f"imports the method {each}" for each in wrong)


def _of_methods(origin: str) -> bool:
    return origin.startswith(methods.__name__ + ".")


def _words(*nodes: ast.expr) -> Iterator[str]:
    """Yield the names of rules among values, or in tuples, lists and sets of them."""
    for node in nodes:
        match node:
            case ast.Constant(value=str(word)) if word in NAMES and word != "points":
                yield word
            case ast.Tuple(elts=inner) | ast.List(elts=inner) | ast.Set(elts=inner):
                yield from _words(*inner)


def _kinds(*nodes: ast.expr) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Name(id="BallotKind"), attr=kind):
                yield kind
            case ast.Tuple(elts=inner) | ast.Set(elts=inner):
                yield from _kinds(*inner)
