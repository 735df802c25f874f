"""One paper ballot as somebody types it: a short line, a blank paper, or one nobody can read."""

import re
from dataclasses import dataclass

from labapp.counting import ballot_text
from labapp.counting.ballot_text import Terms
from labapp.counting.errors import InvalidBallot
from labapp.domain.errors import Conflict, mark
from labapp.domain.folding import fold

#: What may be typed for a paper with no mark, and for one that nobody can read; first in English.
BLANK, SPOILT = mark("blank"), mark("spoilt")
_BLANK = frozenset({"blank", "blanco", "blanca", "en blanco"})
_SPOILT = frozenset({"spoilt", "nula", "nulo"})
_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
_PAIR = re.compile(r"(\d{1,3}):(\d{1,4})", re.ASCII)
_TWICE = mark("One option is there twice on this line.")


@dataclass(frozen=True, slots=True)
class TypedPaper:
    """One paper.

    Attributes:
        content: what it holds, as a ballot is stored; empty for a blank one.
        spoilt: whether nobody can read it, or it marks too many.
    """

    content: str = ""
    spoilt: bool = False

    @property
    def word(self) -> str:
        """What stands for it where it holds nothing, for gettext; empty where it holds marks."""
        return SPOILT if self.spoilt else "" if self.content else BLANK


def example(terms: Terms) -> str:
    """Return how a line is written under this method, for gettext."""
    return terms.method.paper.example


def read(terms: Terms, text: str, *, blank: bool = False) -> TypedPaper:
    """Read a line.

    Args:
        terms: what a ballot of the vote may hold.
        text: numbers parted by blanks or commas, or a word for a blank or a spoilt paper.
        blank: whether the box of the blank paper was ticked.

    Raises:
        Conflict: it cannot be read, with a sentence for whoever typed it.
    """
    words_typed = " ".join(fold(text).replace(",", " ").split())
    if blank and words_typed and words_typed not in _BLANK:
        raise Conflict(mark("You typed something and ticked the blank box. Leave one of the two."))
    if blank or words_typed in _BLANK:
        return TypedPaper()
    if words_typed in _SPOILT:
        return TypedPaper(spoilt=True)
    if not words_typed:
        raise Conflict(mark("Nothing is typed. If the paper has no mark, tick the blank box."))
    words = re.sub(r"\s*:\s*", ":", words_typed).split()
    try:
        return TypedPaper(
            _pointed(terms, words) if terms.method.gives_points else _put(terms, words)
        )
    except InvalidBallot as unfit:
        raise Conflict(unfit.sentence, **unfit.values) from None


def _put(terms: Terms, words: list[str]) -> str:
    if not all(_NUMBER.fullmatch(word) for word in words):
        raise Conflict(example(terms))
    positions = [int(word) for word in words]
    if terms.method.ranks:
        return ballot_text.write_ranking(terms, positions)
    if len(set(positions)) < len(positions):
        raise Conflict(_TWICE)
    return ballot_text.write_marks(terms, positions)


def _pointed(terms: Terms, words: list[str]) -> str:
    pairs = [_PAIR.fullmatch(word) for word in words]
    points = [(int(pair[1]), int(pair[2])) for pair in pairs if pair]
    if len(points) < len(words):
        raise Conflict(example(terms))
    if len({position for position, _ in points}) < len(points):
        raise Conflict(_TWICE)
    return ballot_text.write_points(terms, dict(points))
