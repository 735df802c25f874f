"""What somebody wrote on the paper of a form, read into one line."""

import re

from werkzeug.datastructures import MultiDict

from labapp.counting import ballot_text
from labapp.counting.ballot_text import Terms
from labapp.counting.errors import InvalidBallot
from labapp.domain.code_alphabet import LETTER
from labapp.domain.errors import Conflict, mark
from labapp.voting.service.ballot_box import new_receipt

_CODE = re.compile(f"{LETTER}{{4}}(-{LETTER}{{4}}){{2}}")
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
#: Where one mark is asked the blank vote is one more thing to mark: a radio is never unmarked.
_BLANK = "blank"
_STRAY = mark("That option is not on the paper.")


def receipt(sent: MultiDict[str, str]) -> str:
    """Return the code that came with the paper; a malformed one is replaced."""
    code = sent.get("receipt", "")
    return code if _CODE.fullmatch(code) else new_receipt()


def content(terms: Terms, sent: MultiDict[str, str]) -> str:
    """Return the ballot as it is stored.

    Raises:
        Conflict: it will not do, with a sentence for whoever wrote it.
    """
    method = terms.method
    written = _ranked if method.ranks else _pointed if method.gives_points else _marked
    try:
        line = written(terms, sent)
    except InvalidBallot as unfit:
        raise Conflict(unfit.sentence, **unfit.values) from None
    blank = "blank" in sent or _BLANK in sent.getlist("marks")
    if blank and line:
        raise Conflict(mark("You marked options and a blank vote. Leave one of the two."))
    if not (blank or line):
        raise Conflict(mark("Mark at least one option, or the box of the blank vote."))
    return line


def _marked(terms: Terms, sent: MultiDict[str, str]) -> str:
    marks = [_number(each, _STRAY) for each in sent.getlist("marks") if each != _BLANK]
    if len(set(marks)) < len(marks):
        raise Conflict(mark("One option is marked twice on this ballot."))
    return ballot_text.write_marks(terms, marks)


def _ranked(terms: Terms, sent: MultiDict[str, str]) -> str:
    places: dict[int, int] = {}
    for position, place in _by_option(sent, "place-").items():
        if place in places:
            raise Conflict(mark("Two options have the same place on this ballot."))
        places[place] = position
    if sorted(places) != list(range(1, len(places) + 1)):
        raise Conflict(mark("The places go 1, 2, 3 and so on, without leaving one out."))
    return ballot_text.write_ranking(terms, [places[place] for place in sorted(places)])


def _pointed(terms: Terms, sent: MultiDict[str, str]) -> str:
    return ballot_text.write_points(terms, _by_option(sent, "points-"))


def _by_option(sent: MultiDict[str, str], prefix: str) -> dict[int, int]:
    """Return the number written beside each option, where one is written."""
    numbers: dict[int, int] = {}
    for name, value in sent.items(multi=True):
        if not name.startswith(prefix) or not value.strip():
            continue
        position = _number(name.removeprefix(prefix), _STRAY)
        if position in numbers:
            raise Conflict(mark("One option was answered twice on this ballot."))
        numbers[position] = _number(
            value.strip(), mark("Write whole numbers, or leave the box empty.")
        )
    return numbers


def _number(text: str, otherwise: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Conflict(otherwise)
    return int(text)
