"""The site in a browser, on each screen, before any room is looked at."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import SCREENS


@pytest.mark.parametrize("page", SCREENS, indirect=True, ids=str)
def test_an_address_with_nothing_says_so_in_spanish_and_fits_the_screen(page: Page) -> None:
    page.goto("/nowhere")

    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("h1")).to_be_visible()
    box = page.locator("body").bounding_box()
    size = page.viewport_size
    assert box
    assert size
    assert box["width"] <= size["width"]
