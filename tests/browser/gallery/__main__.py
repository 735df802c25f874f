"""Load the demonstration, look at every page as the person it is for, and keep the pictures.

python -m tests.browser.gallery [WORD...]: only the addresses that hold one of the words.
"""

import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, Page, sync_playwright

from labapp.cli.migrations import prepare
from labapp.db import db, utcnow
from labapp.demo import loading
from labapp.demo.cast import Scene
from labapp.domain.panama_time import local_day
from labapp.factory import create_app
from tests.browser.gallery import arranging
from tests.browser.gallery.exhibits import LATER, LOADED, VISITOR
from tests.browser.machine import FLAGS, browser_path, served

OUT = Path(__file__).parents[2] / "gallery"
WIDTHS = (360, 1280)
_OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Gallery:
    """A browser for each person of the demonstration, and what was wrong with what they saw."""

    def __init__(self, browser: Browser, url: str, passwords: dict[str, str]) -> None:
        self._browser, self._url, self._passwords = browser, url, passwords
        self._pages: dict[str, Page] = {}
        self.wrong: list[str] = []

    def hang(self, exhibits: Iterable[tuple[str, str]], values: dict[str, object]) -> None:
        """Take the pictures of these pages, at each width."""
        for who, address in exhibits:
            path = address.format(**values)
            page = self._page(who)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900 if width > 400 else 800})
                answer = page.goto(path)
                status = answer.status if answer else 0
                if status != 200 and not ("/e/" in path and status == 410):
                    self.wrong.append(f"{status} {who} {path}")
                if over := page.evaluate(_OVER):
                    self.wrong.append(f"{over} px too wide at {width}: {who} {path}")
                page.screenshot(path=OUT / f"{_name(address)}.{who}.{width}.png", full_page=True)

    def _page(self, who: str) -> Page:
        if who not in self._pages:
            context = self._browser.new_context(base_url=self._url, locale="es-PA")
            context.set_default_timeout(60_000)
            self._pages[who] = page = context.new_page()
            page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))
            if who != VISITOR:
                page.goto("/sign-in")
                page.fill('[name="username"]', who)
                page.fill('[name="password"]', self._passwords[who])
                page.click("main form button")
        return self._pages[who]


def _name(address: str) -> str:
    """Return an address as the name of a file."""
    bare = address.removeprefix("/labs/").replace("{", "").replace("}", "")
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "front"


def _load(folder: Path) -> tuple[Flask, dict[str, str], dict[str, str]]:
    """Make an instance with the demonstration; return it, its variables and the passwords."""
    settings = {
        "INSTANCE": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'gallery.sqlite3'}",
        "SECRET_KEY": "a secret of the gallery",
        "SECURE_COOKIES": False,
        "RATELIMIT_ENABLED": False,
    }
    app = prepare(create_app(settings))
    cast: list[Scene] = []
    with app.app_context():
        upgrade()
        for step in loading.load(local_day(utcnow()), folder / "files", cast.append):
            _say(step)
    variables = {
        f"LABAPP_{key}": str(value).lower() if isinstance(value, bool) else str(value)
        for key, value in settings.items()
    }
    return app, variables, cast[0].passwords


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def main(words: list[str]) -> int:
    """Take the pictures; return how many pages were not sound."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gallery-") as name:
        folder = Path(name)
        app, variables, passwords = _load(folder)

        def here(act: Callable[[], dict[str, object]]) -> dict[str, object]:
            with app.app_context():
                values = act()
                db.engine.dispose()
                return values

        with sync_playwright() as playwright, served(variables, folder / "server.log") as url:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
            gallery = Gallery(browser, url, passwords)
            gallery.hang(_asked(LOADED, words), here(arranging.found))
            gallery.hang(_asked(LATER, words), here(arranging.go_on))
            browser.close()
    _say("\n".join(gallery.wrong) or f"every page is sound; the pictures are in {OUT}")
    return len(gallery.wrong)


def _asked(exhibits: Iterable[tuple[str, str]], words: list[str]) -> list[tuple[str, str]]:
    return [
        (who, path)
        for who, path in exhibits
        if not words or any(word in f"{who} {path}" for word in words)
    ]


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
