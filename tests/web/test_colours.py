"""Every pair of colours in use can be read: WCAG 2.2, 1.4.3 and 1.4.11, in light and in dark."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[2] / "labapp/static/scss/_colours.scss"
TEXT = [
    ("ink", "paper"),
    ("ink", "wash"),
    ("ink", "knot-wash"),
    ("soft", "paper"),
    ("soft", "wash"),
    ("soft", "knot-wash"),
    ("thread", "paper"),
    ("thread", "wash"),
    ("deep", "paper"),
    ("on-thread", "thread"),
    ("on-thread", "deep"),
    ("knot", "paper"),
    ("knot", "knot-wash"),
    ("error", "paper"),
]
MARKS = [("ring", "paper"), ("ring", "wash"), ("say", "paper"), ("say", "wash")]


def _palettes() -> dict[str, dict[str, str]]:
    light, dark, _print = re.findall(r":root \{(.*?)\n *\}", SHEET.read_text(), re.DOTALL)
    first = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", light))
    return {"light": first, "dark": first | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", dark))}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    shares = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT + MARKS)
def test_it_can_be_read(palette: str, front: str, back: str) -> None:
    colours = _palettes()[palette]

    assert _contrast(colours[front], colours[back]) >= (4.5 if (front, back) in TEXT else 3)
