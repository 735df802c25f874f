"""An act is one row in the file of its room, and whatever else lists acts reads the row."""

import ast
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

from labapp.domain import acts
from labapp.domain.acts import ACTS, Act, Heading, acts_under
from labapp.domain.acts.row import ActRow
from tests.house import tree

#: A choice among so many acts is a rule of its place; a longer list is a column of the table.
FEW = 4
LITERALS = (ast.Dict, ast.Set, ast.Tuple, ast.List)
ROOMS = sorted(room.name for room in iter_modules(acts.__path__) if room.name != "row")


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_called_by_its_value(act: Act) -> None:
    name = act.upper().replace(":", "_")

    assert getattr(Act, name, None) is act, f"call the row of {act} {name}"


@pytest.mark.parametrize("act", ACTS)
def test_an_act_has_its_words(act: Act) -> None:
    assert act.row.words
    assert act.row.sentence != ""


def test_every_act_is_printed_once_under_a_heading() -> None:
    printed = [act for heading in Heading for act in acts_under(heading)]

    assert sorted(printed) == sorted(ACTS)


def test_no_act_is_written_twice() -> None:
    names = Counter(name for room in Act.__bases__ for name in vars(room) if name.isupper())

    assert not [name for name, times in names.items() if times > 1]


@pytest.mark.parametrize("room", ROOMS)
def test_the_rows_of_each_room_are_gathered(room: str) -> None:
    module = import_module(f"labapp.domain.acts.{room}")
    tables = [
        table
        for table in vars(module).values()
        if isinstance(table, type) and any(isinstance(row, ActRow) for row in vars(table).values())
    ]

    assert tables, f"labapp/domain/acts/{room}.py holds no rows"
    lost = [table.__name__ for table in tables if table not in Act.__bases__]
    assert not lost, f"name {lost} among the bases of Act in labapp/domain/acts/__init__.py"


def test_whoever_needs_to_know_more_of_an_act_reads_its_row() -> None:
    lists = [f"{tree.name(path)}:{line}" for path in tree.ROOMS for line in _lists(tree.tree(path))]

    assert not lists, f"{lists}: make it a column in labapp/domain/acts/row.py"


def _lists(module: ast.Module) -> Iterator[int]:
    """Yield the lines where more than a few acts are listed."""
    for node in ast.walk(module):
        if isinstance(node, LITERALS) and len(set(_listed(node))) > FEW:
            yield node.lineno


def _listed(node: ast.AST) -> Iterator[str]:
    """Yield the acts that a literal lists, in itself or in the literals inside."""
    for member in ast.iter_child_nodes(node):
        if isinstance(member, (*LITERALS, ast.Starred)):
            yield from _listed(member)
        elif ast.unparse(member).startswith("Act."):
            yield ast.unparse(member)
