"""A browser and a site to look at with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, Page, expect, sync_playwright

from labapp.cli.migrations import prepare
from labapp.db import db
from labapp.factory import create_app
from tests.browser.machine import FLAGS, PATIENCE, browser_path, served
from tests.browser.screens import PHONE, Screen
from tests.conftest import SETTINGS
from tests.databases import disposed, sqlite


@dataclass(frozen=True)
class Site:
    """A served site, and an application on the same database to arrange things with."""

    url: str
    app: Flask


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS), headless=True)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site under gunicorn, on an SQLite database of its own."""
    instance: Path = tmp_path_factory.mktemp("site")
    with sqlite() as database:
        settings = {**SETTINGS, "DATABASE_URL": database.url, "INSTANCE": str(instance)}
        settings |= {"TESTING": False, "WTF_CSRF_ENABLED": True}
        app = prepare(create_app(settings))
        with app.app_context():
            upgrade()
            engine = db.engine
        variables = {f"LABAPP_{key}": _said(value) for key, value in settings.items()}
        with disposed(engine), served(variables, instance / "server.log") as url:
            yield Site(url, app)


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh tab on ``site``; a test that ends with an error in its console fails.

    Choose the screen with ``@pytest.mark.parametrize("page", SCREENS, indirect=True, ids=str)``.
    """
    screen: Screen = getattr(request, "param", PHONE)
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": screen.width, "height": screen.height},
        java_script_enabled=screen.javascript,
        locale="es-PA",
        timezone_id="America/Panama",
    )
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    # A refusal (422, 403) is told to the console too, and tests are right to look for it.
    assert not [error for error in errors if "Failed to load resource" not in error]


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
