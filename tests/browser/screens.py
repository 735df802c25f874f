"""The screens that pages are looked at on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """A size in CSS pixels, with JavaScript or without."""

    name: str
    width: int
    height: int
    javascript: bool = True

    def __str__(self) -> str:
        return self.name


PHONE = Screen("phone", 360, 800)
DESK = Screen("desk", 1280, 900)
PLAIN_PHONE = Screen("phone-without-javascript", 360, 800, javascript=False)

SCREENS = (PHONE, DESK, PLAIN_PHONE)
