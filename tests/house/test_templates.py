"""Templates are code: short lines, nothing computed, nothing inline, nothing from elsewhere."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.house.tree import PACKAGE, ROOMS, name

ROOT = PACKAGE / "templates"
TEMPLATES = sorted(path for path in ROOT.rglob("*") if path.suffix in {".html", ".svg"})
#: What a template may not do with numbers; ``~`` joins texts, and ``-1`` is the last of a list.
SUMS = (
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Pow,
)


@cache
def tree(path: Path) -> nodes.Template:
    """Return what a template says, as Jinja reads it."""
    reader = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    return reader.parse(path.read_text(encoding="utf-8"))


def offenders(find: Callable[[Path], Iterable[object]]) -> dict[str, list[object]]:
    """Return what each template has that it should not; nothing for those that obey."""
    return {name(path): found for path in TEMPLATES if (found := [*find(path)])}


INLINE = {
    "a style attribute": re.compile(r"<[^>{]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a handler attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "something loaded from elsewhere": re.compile(
        r"<(?:script|img|link|iframe|source|video|audio|object|embed)\b[^>]*"
        r"(?:src|href|data)\s*=\s*[\"']?(?:https?:)?//",
        re.IGNORECASE,
    ),
    "a text trusted blindly": re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE),
}


#: One of each, as somebody would write it.
PLANTED = {
    "a style attribute": '<p class="big" style="color: red">',
    "a style element": "<style>p { color: red }</style>",
    "a script without src": "<script defer>alert(1)</script>",
    "a handler attribute": '<button type="button" onclick="go()">',
    "a javascript address": '<a href="javascript:go()">',
    "something loaded from elsewhere": '<img alt="" src="//elsewhere.example/a.png">',
    "a text trusted blindly": "{{ text|safe }}",
}


def forbidden(text: str) -> list[str]:
    """Return what a template holds that the policy forbids."""
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


def test_no_template_holds_what_the_policy_forbids() -> None:
    found = {
        name(path): faults
        for path in TEMPLATES
        if (faults := forbidden(path.read_text(encoding="utf-8")))
    }

    assert found == {}, "move it to a file of static/, or let Jinja escape it"


@pytest.mark.parametrize("what", INLINE)
def test_what_the_policy_forbids_is_found(what: str) -> None:
    assert forbidden(f"<main>\n{PLANTED[what]}\n</main>") == [what]


def test_no_page_names_a_thing_as_the_sheet_does() -> None:
    """What the sheet sets is set after the page's own, and would stand in its place."""
    names = re.compile(r"\{%-?\s*set\s+(\w+)")
    sheet = set(names.findall((PACKAGE / "templates/base.html").read_text(encoding="utf-8")))

    clashes = {
        name(path): clash
        for path in TEMPLATES
        if path.name != "base.html"
        and (clash := sheet & set(names.findall(path.read_text(encoding="utf-8"))))
    }

    assert clashes == {}, "rename it here or in base.html"


def test_no_line_is_longer_than_120() -> None:
    """A change in a longer one is read by nobody."""

    def long(path: Path) -> Iterable[object]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > 120:
                yield number

    wrong = "break it at an attribute or a block; a long sentence is two strings side by side"
    assert offenders(long) == {}, wrong


def test_no_line_of_a_template_stands_in_what_somebody_wrote() -> None:
    """``app-said`` shows every line it is given: those of the markup would be blank ones."""
    said = re.compile(r'class="app-said">(.*?)</(?:p|blockquote)>', re.DOTALL)
    unseen = re.compile(r"\s*\{[{%]-|-[}%]\}\s*|\{[{%].*?[}%]\}", re.DOTALL)

    def broken(path: Path) -> Iterable[object]:
        for inside in said.findall(path.read_text(encoding="utf-8")):
            if "\n" in unseen.sub("", inside):
                yield inside.strip()

    assert offenders(broken) == {}, "write it without a line of its own, or strip it: {{-"


def test_no_template_computes() -> None:
    """Sums and shares are worked out in Python, where they are tested."""

    def sums(path: Path) -> Iterable[object]:
        for node in tree(path).find_all(nodes.BinExpr):
            if isinstance(node, SUMS):
                yield f"line {node.lineno}: {type(node).__name__}"
        for each in tree(path).find_all(nodes.Filter):
            if each.name in ("abs", "sum"):
                yield f"line {each.lineno}: | {each.name}"

    wrong = "let the view, the query or a property of the row give the number (see web.words)"
    assert offenders(sums) == {}, wrong


def test_no_template_works_out_a_state_from_dates() -> None:
    """Where a thing stands is told by its ``state``; a template may ask if one date is there."""

    def states(path: Path) -> Iterable[object]:
        for node in tree(path).find_all((nodes.And, nodes.Or, nodes.Compare)):
            if dates := {*dated(node)}:
                yield f"line {node.lineno}: {', '.join(sorted(dates))}"
        for choice in tree(path).find_all(nodes.If):
            tests = [choice.test, *(each.test for each in choice.elif_)]
            if len(dates := {date for test in tests for date in dated(test)}) > 1:
                yield f"line {choice.lineno}: one of {', '.join(sorted(dates))}"

    wrong = "ask for row.state, or let the view work it out and name it (is_late, may_close)"
    assert offenders(states) == {}, wrong


def dated(node: nodes.Node) -> Iterator[str]:
    """Yield the dated columns on which a test turns, not those it only shows."""
    if isinstance(node, nodes.Getattr) and node.attr.endswith(("_at", "_on")):
        yield node.attr
    elif isinstance(node, (nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand)):
        for child in node.iter_child_nodes():
            yield from dated(child)


def test_a_macro_that_branches_stands_alone() -> None:
    """One file, one thing drawn: whoever changes it reads nothing else."""

    def crowded(path: Path) -> Iterable[object]:
        macros = [*tree(path).find_all(nodes.Macro)]
        for macro in macros if len(macros) > 1 else ():
            if any(macro.find_all((nodes.If, nodes.For, nodes.CondExpr))):
                yield macro.name

    wrong = "give it a file of its own, named after what it draws, and import it"
    assert offenders(crowded) == {}, wrong


def test_every_part_asked_for_is_there() -> None:
    """An import, an include or a macro that is not there fails only on the page that needs it."""
    there = {path.relative_to(ROOT).as_posix(): {*given(tree(path))} for path in TEMPLATES}

    def missing(path: Path) -> Iterable[object]:
        for file, part in wanted(tree(path)):
            if file not in there or (part and part not in there[file]):
                yield f"{file} {part}".strip()

    assert offenders(missing) == {}, "name the file and the macro as they are"


def given(page: nodes.Template) -> Iterator[str]:
    """Yield the names that others may import from a template."""
    yield from (macro.name for macro in page.find_all(nodes.Macro))
    yield from (each.name for each in page.find_all(nodes.Name) if each.ctx == "store")


def wanted(page: nodes.Template) -> Iterator[tuple[str, str]]:
    """Yield each file that a template asks for, and what it asks of it ("" for the whole)."""
    yield from ((file_of(part), "") for part in page.find_all(nodes.Extends))
    yield from ((file_of(part), "") for part in page.find_all(nodes.Include))
    for few in page.find_all(nodes.FromImport):
        for asked in few.names:
            yield file_of(few), asked if isinstance(asked, str) else asked[0]
    files = {whole.target: file_of(whole) for whole in page.find_all(nodes.Import)}
    yield from ((file, "") for file in files.values())
    for part in page.find_all(nodes.Getattr):
        if isinstance(part.node, nodes.Name) and part.node.name in files:
            yield files[part.node.name], part.attr


def file_of(part: nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport) -> str:
    """Return the file named; the sheet itself where it is chosen while drawing."""
    return str(part.template.value) if isinstance(part.template, nodes.Const) else "base.html"


def test_no_part_is_left_that_no_page_draws() -> None:
    """A macro or an included file that nobody asks for is deleted."""
    words = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    views = "\n".join(path.read_text(encoding="utf-8") for path in ROOMS)

    def idle(path: Path) -> Iterable[object]:
        for macro in tree(path).find_all(nodes.Macro):
            if len(re.findall(rf"\b{macro.name}\(", words)) < 2:
                yield f"macro {macro.name}"
        here = path.relative_to(ROOT).as_posix()
        kinds = here.startswith("results/chart/_")  # included by the kind of their chart
        if f'"{here}"' not in words + views and not kinds:
            yield "the file"

    assert offenders(idle) == {}, "delete it"
