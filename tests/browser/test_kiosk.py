"""The shared tablet in a browser: Back, Forward and waiting show nothing of whoever was before."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.screens import SCREENS
from tests.make import Make
from tests.polling import make as polling
from tests.voting import make as voting

#: No two arrangements on the one site of a run may share a name, nor one with another test's.
_MAKE = Make(first=1_000)


@pytest.fixture
def arranged(site: Site) -> tuple[str, list[str]]:
    """Open a vote with two cards; give where its tablet begins, and the codes."""
    with site.app.app_context():
        lab = voting.lab(_MAKE)
        vote, _ = polling.vote(_MAKE, lab, crowd=2)
        codes = polling.given(_MAKE, lab, vote, 2)
        start = voting.address(lab, vote) + "kiosk"
    return start, codes


@pytest.mark.parametrize("page", SCREENS, indirect=True, ids=str)
def test_whoever_goes_back_finds_an_empty_screen(
    page: Page, site: Site, arranged: tuple[str, list[str]]
) -> None:
    start, (one, two) = arranged
    field = page.locator("#code")
    page.goto(start)
    field.fill(one)
    page.get_by_role("button", name="Ver la papeleta").click()
    page.locator("#mark-2").check(force=True)
    page.get_by_role("button", name="Enviar mi voto").click()
    receipt = page.locator(".app-receipt__code").inner_text()
    page.get_by_role("button", name="Siguiente persona").click()
    expect(field).to_have_value("")

    seen = []
    for go in (page.go_back, page.go_back, page.go_back, page.go_forward, page.go_forward):
        go()
        seen.append((page.url.removeprefix(site.url), page.content()))
    page.goto(start)
    field.fill(two)
    page.get_by_role("button", name="Ver la papeleta").click()

    assert len(receipt) == 14
    assert {url for url, _ in seen} == {start}
    assert not [text for _, text in seen if receipt in text or one in text]
    expect(page.locator("input:checked")).to_have_count(0)
