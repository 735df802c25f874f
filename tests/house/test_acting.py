"""One object carries who acts, where and when; one seam asks and records."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.house.tree import PACKAGE, ROOMS, name, tree

#: The seam itself, and the rules it asks.
SEAM = (PACKAGE / "record" / "acting.py", PACKAGE / "domain" / "policy.py")
#: What a function may not take beside an actor, and what carries it.
APART = {"Lab": "acting.lab", "datetime": "acting.now"}

Function = ast.FunctionDef | ast.AsyncFunctionDef
Rule = Callable[[ast.Module], Iterator[str]]


def functions(source: ast.Module) -> Iterator[tuple[Function, dict[str, str]]]:
    """Give each function with its parameters and how they are annotated."""
    for node in ast.walk(source):
        if isinstance(node, Function):
            given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            yield node, {one.arg: ast.unparse(one.annotation) for one in given if one.annotation}


def loose_arguments(source: ast.Module) -> Iterator[str]:
    """Name each function that takes the actor and what goes with it one by one."""
    for node, params in functions(source):
        kinds = set(params.values())
        if "Actor" in kinds and (beside := APART.keys() & kinds):
            whole = ", ".join(APART[kind] for kind in sorted(beside))
            yield f"{node.lineno} {node.name}: take acting: Acting[...] and read {whole}"


def passed_relations(source: ast.Module) -> Iterator[str]:
    """Name each function that is told what the actor is to an object, and each that tells it."""
    for node, params in functions(source):
        if any("Relation" in kind for kind in params.values()):
            yield f"{node.lineno} {node.name}: ask relations(actor, thing) of the room instead"
    calls = (node for node in ast.walk(source) if isinstance(node, ast.Call))
    for call in calls:
        words = {word.arg for word in call.keywords}
        if words & {"held", "relations"} and ast.unparse(call.func) != "render_template":
            yield f"{call.lineno} {ast.unparse(call.func)}: the service works out relations"


def entries_made(source: ast.Module) -> Iterator[str]:
    """Name each place that makes an entry of the record by itself."""
    for call in ast.walk(source):
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == "Entry":
            yield f"{call.lineno}: leave the entry by acting.record(act, thing_id)"


def offenders(rule: Rule) -> list[str]:
    """Return every place of every room that breaks a rule, with what to do."""
    rooms = [path for path in ROOMS if path not in SEAM]
    return [f"{name(path)}:{found}" for path in rooms for found in rule(tree(path))]


def test_nobody_takes_the_actor_the_lab_and_the_instant_apart() -> None:
    assert offenders(loose_arguments) == []


def test_nobody_is_told_what_the_actor_is_to_an_object() -> None:
    assert offenders(passed_relations) == []


def test_only_the_seam_makes_an_entry_of_the_record() -> None:
    assert offenders(entries_made) == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (loose_arguments, "def admit(lab: Lab, actor: Actor, *, problem: Problem) -> None: ..."),
        (
            loose_arguments,
            "def open_account(actor: Actor, *, name: str, now: datetime) -> None: ...",
        ),
        (
            passed_relations,
            "def declare(acting: Acting[Lab], of: frozenset[Relation]) -> None: ...",
        ),
        (passed_relations, "service.declare(acting, step, held=queries.speaks(actor))"),
        (entries_made, "db.session.add(models.Entry(act=Act.LAB_MOVE))"),
    ],
)
def test_what_breaks_a_rule_is_found(rule: Rule, source: str) -> None:
    assert list(rule(ast.parse(source)))


def test_the_seam_stands_where_the_rules_look_past_it() -> None:
    assert all(path.is_file() for path in SEAM)
