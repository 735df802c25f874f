"""Templates obey the strict content policy: nothing inline, nothing from elsewhere."""

import re

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
