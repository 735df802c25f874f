"""Names that say what a writer did and not what is there, names borne twice, guards misnamed."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tests.house.furniture import FURNITURE, dotted
from tests.house.tree import PACKAGE, ROOMS, name, tree


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: No room: the example tells two labs, each in chapters that bear the same names.
STORIES = {"demo"}
#: Past participles and past tenses that do not end in -ed. Those that are also a plain verb or a
#: noun (read, put, set, cut, run, split) are left out: "read" reads.
IRREGULAR = _words(
    "beaten become been begun bought bound broken brought built came caught chosen dealt done "
    "drawn driven eaten fallen fed felt forgotten fought found frozen gave given gone got grown "
    "heard held hidden hung kept knew known laid led left lent lost made meant met overdrawn paid "
    "rewritten ridden risen said sat saw seen sent shaken shown slept sold sought spent spoilt "
    "spoken stolen stood struck sung sunk swept swum taken taught thought thrown told took torn "
    "undone undrawn unfit unmet unpaid unseen untied untold went withheld won worn woven written "
    "wrote"
)
#: Words in -ed that are no participle.
NOUNS = _words("bed bleed breed deed embed feed indeed need proceed red seed speed")
#: A participle leaning on one of these still names no thing: seen_on, said_in, not_published.
SMALL = _words(
    "again alone anew apart as at before by for from here in not of off on once out over to "
    "together twice under up with without"
)


def participles() -> Iterator[tuple[str, str]]:
    """Give each module, public function and class whose name is a participle and no noun.

    An exception may be one: Denied, Blocked. A private function may too.
    """
    for path in ROOMS:
        if is_bare(path.stem):
            yield name(path), dotted(path)
        for node in tree(path).body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and is_bare(node.name)
                and not _is_exception(node)
            ):
                yield f"{name(path)}:{node.lineno}", f"{dotted(path)}.{node.name}"


def is_bare(called: str) -> bool:
    """Say whether a name is made of participles and small words alone; ``_private`` never is."""
    words = called.split("_") if called.islower() else [called.lower()]
    if "" in words:
        return False
    return any(map(_participle, words)) and all(
        _participle(word) or word in SMALL for word in words
    )


def _is_exception(node: ast.FunctionDef | ast.ClassDef) -> bool:
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return any(ast.unparse(base) in {"Exception", "Refusal", "ValueError"} for base in bases)


def _participle(word: str) -> bool:
    return word in IRREGULAR or (word.endswith("ed") and word not in NOUNS)


def twins() -> Iterator[tuple[str, list[str]]]:
    """Give each name of a class that stands in more than one file."""
    places = defaultdict(list)
    for path in ROOMS:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{name(path)}:{node.lineno}")
    yield from ((called, found) for called, found in sorted(places.items()) if len(found) > 1)


def namesakes() -> Iterator[tuple[str, list[str]]]:
    """Give each module name that one room uses twice, outside its furniture and its folders."""
    places = defaultdict(list)
    for path in ROOMS:
        room, *within = path.relative_to(PACKAGE).with_suffix("").parts
        if (
            within
            and within[-1] != "__init__"
            and room not in STORIES
            and not FURNITURE & set(within)
        ):
            places[room, within[-1]].append(name(path))
    yield from ((called, found) for (_, called), found in sorted(places.items()) if len(found) > 1)


def guards() -> Iterator[tuple[str, str]]:
    """Give each function that can only raise and is not called ``require...``."""
    functions = {
        (path, node.name): node
        for path in ROOMS
        if "views" not in path.parts and "cli" not in path.parts
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.decorator_list
    }
    raising: set[str] = set()
    while more := {
        called
        for (_, called), node in functions.items()
        if called not in raising and _only_raises(node, raising)
    }:
        raising |= more
    for (path, called), node in functions.items():
        if _only_raises(node, raising) and not called.lstrip("_").startswith("require"):
            yield f"{name(path)}:{node.lineno}", f"{dotted(path)}.{called}"


def _only_raises(node: ast.FunctionDef, raising: set[str]) -> bool:
    """Say whether a function returns nothing, changes nothing, and raises somewhere."""
    if not (isinstance(node.returns, ast.Constant) and node.returns.value is None):
        return False
    kinds = [_kind(statement, raising) for statement in _leaves(node.body)]
    return "raise" in kinds and "act" not in kinds


def _leaves(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Give the statements of a body that hold no others."""
    for statement in body:
        if isinstance(statement, ast.Match):
            yield from (leaf for case in statement.cases for leaf in _leaves(case.body))
        elif isinstance(statement, ast.If | ast.For | ast.While | ast.Try | ast.With):
            yield from _leaves(statement.body)
            yield from _leaves(getattr(statement, "orelse", []))
            for handler in getattr(statement, "handlers", []):
                yield from _leaves(handler.body)
        else:
            yield statement


def _kind(statement: ast.stmt, raising: set[str]) -> str:
    match statement:
        case ast.Raise() | ast.Assert():
            return "raise"
        case ast.Expr(value=ast.Constant()) | ast.Pass() | ast.Continue() | ast.Return(value=None):
            return "nothing"
        case ast.Expr(value=ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called))):
            known = called in raising or called.lstrip("_").startswith("require")
            return "raise" if known else "act"
        case ast.Assign(targets=targets) if all(
            isinstance(t, ast.Name | ast.Tuple) for t in targets
        ):
            return "nothing"
        case ast.AnnAssign(target=ast.Name()):
            return "nothing"
    return "act"
