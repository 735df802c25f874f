"""What somebody must know of a name before any line of a list of people is shown to them."""

import re

from labapp.domain.folding import fold

#: Letters of a name, side by side, without which nobody is looked for.
LETTERS = 3
_RUN = re.compile(rf"[^\W\d_]{{{LETTERS}}}")
_LETTER = re.compile(r"[^\W\d_]")


def is_enough(words: str) -> bool:
    """Tell whether some word has so many letters of a name side by side."""
    return bool(_RUN.search(fold(words)))


def may_be_whole(words: str) -> bool:
    """Tell whether these are letters enough for a whole name made of short words: "Bo Li"."""
    return len(_LETTER.findall(fold(words))) >= LETTERS
