"""One lab on its way: who takes part in it, each with a browser of their own."""

from datetime import date, timedelta
from io import BytesIO
from itertools import count

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload

from labapp.db import utcnow
from labapp.domain.panama_time import local_day
from tests.browser.conftest import Site
from tests.browser.machine import PATIENCE
from tests.browser.screens import Screen
from tests.browser.somebody import Somebody

PASSWORD = "tucán-piedra-lluvia-42"
_numbers = count(1)


class Journey:
    """A fresh lab; ``lab`` is its address once drafted, ``last`` the thing in hand."""

    def __init__(self, browser: Browser, site: Site, screen: Screen) -> None:
        self._browser, self._site, self._screen = browser, site, screen
        self._contexts: list[BrowserContext] = []
        self._usernames: dict[Somebody, str] = {}
        self.number = next(_numbers)
        self.name = f"Quebrada Larga {self.number}"
        self.entity_name = f"Alcaldía de Quebrada Larga {self.number}"
        self.lab = ""
        #: Addresses of what the journey made, by a short word: "problem", "work", "finding".
        self.at: dict[str, str] = {}
        self.visitor = self.somebody()
        self.administrator = self.somebody()
        self.reviewer, self.facilitator, self.engineer = (
            self.somebody(),
            self.somebody(),
            self.somebody(),
        )
        self.neighbours = [self.somebody() for _ in range(5)]

    def somebody(self) -> Somebody:
        """Give somebody a browser of their own."""
        context = self._browser.new_context(
            base_url=self._site.url,
            viewport={"width": self._screen.width, "height": self._screen.height},
            java_script_enabled=self._screen.javascript,
            locale="es-PA",
            timezone_id="America/Panama",
        )
        context.set_default_timeout(PATIENCE * 1000)
        self._contexts.append(context)
        return Somebody(context.new_page())

    def end(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            context.close()

    def open_account(self, who: Somebody, name: str) -> None:
        """Open an account by the page, as anybody would."""
        username = f"{name.split(maxsplit=1)[0].lower()}{len(self._usernames)}-{self.number}"
        who.open("/sign-up")
        who.fill(name=f"{name} {self.number}", username=username, password=PASSWORD, adult="yes")
        who.press("Open the account")
        self._usernames[who] = username

    def username(self, who: Somebody) -> str:
        """Return the name somebody signs in with."""
        return self._usernames[who]

    def move(self) -> None:
        """Pass the lab to its next stage: nothing is missing."""
        self.facilitator.open(f"{self.lab}stages/")
        self.facilitator.press("Pass to the next stage")


def day(ahead: int = 0) -> str:
    """Return a day as a form takes it, so many days from today."""
    return str(today() + timedelta(days=ahead))


def today() -> date:
    """Return the day in Panama."""
    return local_day(utcnow())


def photo() -> FilePayload:
    """Return a small photo, no two alike."""
    picture = BytesIO()
    Image.effect_noise((160, 120), 60).save(picture, "JPEG")
    return {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
