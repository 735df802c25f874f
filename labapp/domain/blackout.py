"""Black words out of a text, however they are written there."""

from collections.abc import Sequence

from labapp.domain.folding import skeleton

#: What stands where words were: always as long, so that its length tells nothing.
BLOCK = "█████"


def holds(text: str, words: str) -> bool:
    """Tell whether a text holds these words, whatever their capitals, marks and blanks."""
    return bool(_places(text, words))


def black_out(text: str, hidden: Sequence[str]) -> str:
    """Return a text in which a block of one length stands in place of each of these words.

    Args:
        text: as it was written.
        hidden: words or phrases, found whatever their capitals, marks and blanks; a word is found
            inside a longer one too.
    """
    places = sorted(place for words in hidden for place in _places(text, words))
    parts, end = [], 0
    for start, stop in places:
        if start >= end:
            parts += [text[end:start], BLOCK]
        end = max(end, stop)
    return "".join([*parts, text[end:]])


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """Return where the words stand in the text: first character, and the one after the last."""
    sought = " ".join(skeleton(words).split())
    if not sought:
        return []
    folded, origin = _folded(text)
    found, start = [], folded.find(sought)
    while start >= 0:
        stop = start + len(sought)
        found.append((origin[start], _end(text, origin, stop)))
        start = folded.find(sought, stop)
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text as it is compared, and of which character of it each letter came."""
    letters: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        plain = " " if char.isspace() else skeleton(char)
        if plain == " " and (not letters or letters[-1] == " "):
            continue
        letters += plain
        origin += [place] * len(plain)
    return "".join(letters), origin


def _end(text: str, origin: list[int], stop: int) -> int:
    """Return the character after the last one found, and past the marks that hang on it."""
    end = origin[stop - 1] + 1
    while end < len(text) and not skeleton(text[end]) and not text[end].isspace():
        end += 1
    return end
