"""Templates obey the strict content policy: nothing inline, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, name

TEMPLATES = sorted(
    path for path in (PACKAGE / "templates").rglob("*") if path.suffix in {".html", ".svg"}
)
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


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_holds_nothing_that_the_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


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
