"""Somebody at a browser: goes where the pages lead, and is told when a page is not sound."""

import re
from pathlib import Path

from babel.support import Translations
from playwright.sync_api import ConsoleMessage, FilePayload, Locator, Page, Response, expect

import labapp

CATALOGS = Path(labapp.__file__).parent / "translations"
SPANISH = Translations.load(CATALOGS, ["es"])
_LOOK = """() => ({
    lang: document.documentElement.lang,
    headings: document.querySelectorAll("h1").length,
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})"""


def words(sentence: str, **values: object) -> str:
    """Return what the page says in Spanish where the code says this in English."""
    said = SPANISH.gettext(sentence)
    assert said != sentence, f"the pages never say: {sentence}"
    return said % values if values else said


class Somebody:
    """A person with a browser of their own; each page they reach is looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._wrong: list[str] = []
        page.on("pageerror", lambda error: self._wrong.append(str(error)))
        page.on("console", self._heard)
        page.on("response", self._answered)

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self._wrong.append(said.text)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self._wrong.append(f"{answer.status} {answer.request.method} {answer.url}")

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)
        self.look()

    def look(self) -> None:
        """Check what every page owes: Spanish, one heading, nothing wider, no error."""
        seen = self.page.evaluate(_LOOK)
        assert seen["lang"] == "es", self.page.url
        assert seen["headings"] == 1, self.page.url
        assert seen["over"] <= 0, f"{self.page.url} is {seen['over']} px too wide"
        assert not self._wrong, (self.page.url, self._wrong, self.page.inner_text("main")[:400])

    def fill(self, **answers: str | FilePayload) -> None:
        """Answer questions by name: type, mark, choose (by value), or give a file."""
        for name, answer in answers.items():
            field = self.page.locator(f'[name="{name}"]:not([type="hidden"])')
            kind = field.first.get_attribute("type") or field.first.evaluate("e => e.type")
            if kind == "file":
                assert not isinstance(answer, str)
                field.set_input_files(answer)
            elif kind in ("radio", "checkbox"):
                self.page.locator(f'[name="{name}"][value="{answer}"]').check()
            elif kind == "select-one":
                field.select_option(str(answer))
            else:
                field.fill(str(answer))

    def choose(self, name: str, caption: str) -> None:
        """Choose, of the options of a question, the one that says this."""
        field = self.page.locator(f'[name="{name}"]')
        if field.first.evaluate("e => e.type") == "select-one":
            option = field.locator("option", has_text=caption).first
            field.select_option(option.get_attribute("value"))
        else:
            self.page.get_by_label(caption).first.check()

    def say(self, *answers: str) -> None:
        """Answer the yes/no questions of a step, in their order."""
        groups = self.page.locator("fieldset:has(input[type=radio])").all()
        for group, answer in zip(groups, answers, strict=True):
            group.locator(f'[value="{answer}"]').check()

    def press(self, sentence: str, **values: object) -> None:
        """Press the first button that says this, whether it acts or leads."""
        self._go(self.page.get_by_role("button", name=words(sentence, **values), exact=True))

    def press_value(self, name: str, value: str) -> None:
        """Press the button that sends this value."""
        self._go(self.page.locator(f'button[name="{name}"][value="{value}"]'))

    def follow(self, sentence: str, **values: object) -> None:
        """Follow the first link that says this, alone or among other words."""
        said = re.compile(re.escape(words(sentence, **values)))
        self._go(self.page.locator("main").get_by_role("link", name=said))

    def enter(self, typed: str) -> None:
        """Follow the first link that says what somebody typed."""
        self._go(self.page.locator("main").get_by_role("link", name=re.compile(re.escape(typed))))

    def _go(self, there: Locator) -> None:
        there.first.click()
        self.page.wait_for_load_state()
        self.look()

    def sees(self, sentence: str, **values: object) -> None:
        """Check that the page says this."""
        self.reads(words(sentence, **values))

    def reads(self, typed: str) -> None:
        """Check that the page shows what somebody typed."""
        expect(self.page.locator("main")).to_contain_text(typed)

    @property
    def here(self) -> str:
        """The address of the page in sight, without the site, its question and its anchor."""
        return re.sub(r"^https?://[^/]+|[?#].*$", "", self.page.url)
