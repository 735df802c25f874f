"""Where a thing stands is a word of its noun's enum, never a text written by hand."""

import ast

from tests.house.tree import ROOMS, name, tree


def test_no_state_is_written_by_hand() -> None:
    by_hand = [
        f"{name(path)}: {ast.unparse(node)}: write it as a member of the enum of its noun"
        for path in ROOMS
        for node in ast.walk(tree(path))
        if _writes_a_state(node) or _compares_a_state(node)
    ]

    assert not by_hand, "\n".join(by_hand)


def test_a_state_written_by_hand_is_seen() -> None:
    seen = ast.parse('thread.show(thing, state="open")\nchild.state in ("a", "b")\nstate="x"')

    assert [bool(_writes_a_state(n) or _compares_a_state(n)) for n in _expressions(seen)] == [
        True,
        True,
    ]


def _expressions(source: ast.Module) -> list[ast.expr]:
    return [line.value for line in source.body if isinstance(line, ast.Expr)]


def _writes_a_state(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and any(
        word.arg == "state" and any(map(_is_text, ast.walk(word.value))) for word in node.keywords
    )


def _compares_a_state(node: ast.AST) -> bool:
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    texts = (part for side in sides for part in ast.walk(side) if _is_text(part))
    return any(texts) and any(
        isinstance(side, ast.Attribute) and side.attr == "state" for side in sides
    )


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
