"""What people write is shown as they wrote it and never becomes part of a page."""

from html.parser import HTMLParser

import pytest

from labapp.domain.acts import ACTS
from labapp.domain.policy import Role
from tests.security.addresses import Map
from tests.security.town import OTHER, OWN, VISITOR, Town
from tests.security.writing import overwrite

#: What advisories of the Decidim family and OWASP's cheat sheet on XSS try: tags, attributes out
#: of either quotation mark, addresses that act, templates, marks that turn the text around.
CORPUS = {
    "markup": "\"'><script>alert('xevilx')</script><img src=xevilx onerror=alert(1)>"
    "</textarea></title></style><x-evilx autofocus onfocus=alert(1) a=\"'"
    "{{ 7 * 191 }}{% raw %}%(evil)s ${7*191} 😀 \u202excel\u2066\u200f",
    "address": "javascript:alert('xevilx')//",
}
#: The template, worked out.
WORKED_OUT = "1337"
#: Pages that show everybody the same: seen as a visitor.
_PUBLIC = {act for act in ACTS if act.row.roles is None}
ACTING = ("javascript:", "data:", "vbscript:")
LINKS = {"href", "src", "action", "formaction", "data", "srcset"}


class Page(HTMLParser):
    """What of a page a browser would obey."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.evil: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        if tag == "x-evilx" or (tag == "script" and dict(attrs).get("src") is None):
            self.evil.append(tag)
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or name == "style":
                self.evil.append(f"{tag} {name}")
            elif name in LINKS and (address.startswith(ACTING) or address == "xevilx"):
                self.evil.append(f"{tag} {name}={address}")


@pytest.mark.parametrize("sort", CORPUS)
def test_what_people_write_never_becomes_part_of_a_page(town: Town, sort: str) -> None:
    written = overwrite(CORPUS[sort])
    evil, shown, broken = {}, 0, {}
    for who in (VISITOR, Role.FACILITATOR, Role.ADMINISTRATOR, Role.REVIEWER):
        client = town.client(who)
        for address in Map(town).few("GET", labs=(OWN, OTHER)):
            if who != VISITOR and address.act in _PUBLIC:
                continue
            answer = client.get(address.path)
            if answer.status_code >= 500:
                broken[address.path] = answer.status_code
            if answer.mimetype != "text/html":
                continue
            shown += "xevilx" in answer.text
            found = Page(answer.text).evil
            if found or WORKED_OUT in answer.text:
                evil[address.path] = found

    assert len(written) > 40
    assert shown > 50, "the words must stand on the pages, or nothing was tried"
    assert broken == {}
    assert evil == {}
