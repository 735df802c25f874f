"""The options of a rule, as they are written: ``seats=3``."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeAlias, TypeVar

from labapp.counting.errors import Uncountable
from labapp.counting.numbers import exact
from labapp.counting.outcome import Amount

E = TypeVar("E", bound=StrEnum)
#: Told how many raises there were, and what the outcome costs now.
Progress: TypeAlias = Callable[[int, Amount], None]


class Options:
    """Read the options of one count; what is not asked for is refused at the end.

    ``used`` holds every parameter with the value that counted, defaults included. ``raised`` and
    ``progress`` help a long count along, and change nothing of what it gives.
    """

    def __init__(
        self,
        rule: str,
        given: Mapping[str, str],
        *,
        raised: int = 0,
        progress: Progress | None = None,
    ) -> None:
        self.rule = rule
        self.given = dict(given)
        self.raised, self.progress = raised, progress
        self.used: dict[str, int | str | None] = {}

    def word(self, key: str, default: str | None) -> str | None:
        """Return a text."""
        value = self.given.pop(key, default)
        self.used[key] = value
        return value

    def number(self, key: str, default: int | None, *, least: int) -> int | None:
        """Return a whole number from ``least``."""
        text = self.given.pop(key, None)
        if text is None:
            self.used[key] = default
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= least):
            raise Uncountable(
                "The option %(key)s is “%(text)s”, and must be a whole number from %(least)s.",
                key=key,
                text=text,
                least=str(least),
            )
        self.used[key] = int(text)
        return int(text)

    def seats(self) -> int:
        """Return how many are chosen; one unless it is said."""
        return self.number("seats", 1, least=1) or 1

    def amount(self, key: str) -> Amount:
        """Return a number from 0, exact; 0 unless it is said."""
        text = self.given.pop(key, "0")
        value = exact(text)
        if value is None or value < 0:
            raise Uncountable(
                "The option %(key)s is “%(text)s”, and must be a number from 0, as 3 or 1.5.",
                key=key,
                text=text,
            )
        whole = isinstance(value, int)
        self.used[key] = int(value) if whole else text.strip().lstrip("+").replace(",", ".")
        return value

    def choice(self, key: str, default: E) -> E:
        """Return one of the words of an enumeration."""
        kind = type(default)
        text = self.given.pop(key, default.value)
        if text not in [each.value for each in kind]:
            raise Uncountable(
                "The option %(key)s is “%(text)s”, and must be one of: %(words)s.",
                key=key,
                text=text,
                words=", ".join(each.value for each in kind),
            )
        self.used[key] = text
        return kind(text)

    def finish(self) -> dict[str, int | str | None]:
        """Return what was used, or refuse an option that the rule does not have."""
        for key in self.given:
            raise Uncountable(
                "The rule %(rule)s has no option %(key)s; it takes: %(known)s.",
                rule=self.rule,
                key=key,
                known=", ".join(self.used) or "none",
            )
        return self.used
