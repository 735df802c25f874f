"""What is answered in one place is answered nowhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGE, ROOMS, name, tree

#: Rows with a date of their own: when a problem was published, when the count of a vote was.
DATED = {"Problem", "problem", "Vote", "vote", "self"}
#: The address of a lab, glued together in a template.
_GLUED = re.compile(r"/labs/\{\{|\"/labs/\"\s*~")


def rooms(*but: str) -> Iterator[Path]:
    """Give every file of the house save those where the answer is at home."""
    for path in ROOMS:
        here = path.relative_to(PACKAGE).as_posix()
        if not here.startswith(but):
            yield path


def at(path: Path, node: ast.AST) -> str:
    """Say where something stands."""
    return f"{name(path)}:{getattr(node, 'lineno', 'an argument')}: {ast.unparse(node)}"


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


def test_a_form_is_asked_again_in_one_place() -> None:
    offenders = [
        at(path, node)
        for path in rooms("web/form.py", "web/refusals.py", "static/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value == 422
    ]

    assert offenders == [], (
        "return web.form.form_page(template, form, ...), or ask_again(page) "
        "where a page has several forms"
    )


def test_an_address_is_written_in_one_place() -> None:
    offenders = [
        at(path, node)
        for path in rooms("labs/urls.py", "thread/urls.py")
        for node in ast.walk(tree(path))
        if _writes_an_address(node)
    ]

    offenders += [
        f"{name(path)}: {found[0]}"
        for path in sorted((PACKAGE / "templates").rglob("*.html"))
        for found in _GLUED.finditer(path.read_text(encoding="utf-8"))
    ]

    assert offenders == [], (
        "in a template write lab_url(lab) or thing_url(lab, thing); elsewhere "
        "ask thread.urls.page for a thing, labs.urls.page for a lab, "
        "and url_for for a page of the same room"
    )


def test_a_list_has_its_length_from_one_place() -> None:
    offenders = [
        at(path, node)
        for path in rooms("pagination.py")
        for node in ast.walk(tree(path))
        if _sets_a_length(node)
    ]

    assert offenders == [], (
        "narrow the query with pagination.newest_first or oldest_first, "
        "and return page_of(the rows found, the key of a row)"
    )


def test_codes_and_squares_are_made_in_one_place() -> None:
    alphabets = [
        at(path, node)
        for path in rooms("domain/code_alphabet.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ("GHJKMN" in node.value or "A-HJ" in node.value)
    ]
    drawings = [
        name(path)
        for path in rooms("files/qr.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import) and any(each.name == "segno" for each in node.names)
    ]

    assert alphabets == [], "take LETTERS, LETTER, new_code or grouped of domain.code_alphabet"
    assert drawings == [], "draw it with files.qr.svg"


def test_marks_are_taken_off_letters_in_one_place() -> None:
    offenders = [
        at(path, node)
        for path in rooms("domain/folding.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and (node.value in {"NFKD", "NFD"} or node.value == "[^a-z0-9]+")
    ]

    assert offenders == [], "take fold, unmarked, hyphenated or slug of domain.folding"


def _writes_an_address(node: ast.AST) -> bool:
    """Tell whether a path is glued together here; a rule, with its ``<slug>``, is none."""
    if isinstance(node, ast.JoinedStr):
        texts = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
        begins = isinstance(node.values[0], ast.Constant) and re.match(r"/[a-z]", texts[0])
        return bool(begins) and not any("<" in text for text in texts)
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.left, ast.Constant)
        and str(node.left.value).startswith(("/labs/", "/plans/"))
    )


def _sets_a_length(node: ast.AST) -> bool:
    """Tell whether a page is measured here: PAGE = 25, limit=25, .limit(25), PAGE + 1."""
    if isinstance(node, ast.Assign):
        return any(isinstance(to, ast.Name) and to.id.strip("_") == "PAGE" for to in node.targets)
    if isinstance(node, ast.arguments):
        return any(_is_25(value) for value in (*node.defaults, *node.kw_defaults))
    if isinstance(node, ast.Call):
        limits = isinstance(node.func, ast.Attribute) and node.func.attr == "limit"
        return limits and any(_is_25(value) for value in node.args)
    return isinstance(node, ast.BinOp) and ast.unparse(node.left).split(".")[-1] == "PAGE"


def _is_25(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value == 25


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
