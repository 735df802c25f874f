"""Reading the JSON and the codes of a bundle, of which nothing is believed."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from labapp.counting.ballot_text import key
from labapp.counting.bundle.json_files import FORMAT
from labapp.counting.bundle.published_vote import (
    PublishedOption,
    PublishedReconciliation,
    PublishedVote,
    RaisedHands,
    Roll,
)
from labapp.counting.bundle.tables import BETWEEN, FIRST, LAST
from labapp.counting.errors import UnreadableFile
from labapp.counting.formats.roll import LARGEST_ROLL
from labapp.counting.methods import METHODS

#: A paper with more options is not one; digits of the largest count or cost.
MOST_OPTIONS = 500
MOST_DIGITS = 15
#: Bytes: each of 500 options against each other, twice, with room to spare.
LARGEST_JSON = 20 * 1024 * 1024
#: One ballot in ballots.json.
BALLOT = re.compile(r'\{"ballot": "([^"\\\n]*)", "count": (\d{1,15})\}', re.ASCII)
#: Halves of a character, which JSON can write and no text can hold.
HALVES = re.compile(rb"\\u[dD][89a-fA-F]")


def parse_json(content: bytes, name: str) -> Any:
    """Read JSON that has only whole numbers, and no key twice.

    Raises:
        UnreadableFile: it is not that, or too large.
    """
    if len(content) > LARGEST_JSON:
        raise UnreadableFile("%(name)s cannot be read: it is too large.", name=name)
    if HALVES.search(content):
        raise _improper(name)
    try:
        return json.loads(
            content.decode(),
            parse_float=_no_number,
            parse_constant=_no_number,
            parse_int=_whole,
            object_pairs_hook=_once,
        )
    except (ValueError, RecursionError):
        raise _improper(name) from None


def _improper(name: str) -> UnreadableFile:
    return UnreadableFile("%(name)s cannot be read: it is not proper JSON.", name=name)


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError(text)
    return int(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a key is there twice")
    return values


class Fields:
    """The fields of one JSON object, each asked for by its kind."""

    def __init__(self, value: Any, file: str) -> None:
        self.file = file
        if not isinstance(value, dict):
            raise self.wrong("what is there")
        self.value: dict[str, Any] = value

    def wrong(self, what: str) -> UnreadableFile:
        """Say that a field is missing or of another kind."""
        return UnreadableFile(
            "%(file)s cannot be read: %(what)s is missing or is not what it must be.",
            file=self.file,
            what=what,
        )

    def need(self, *keys: str) -> None:
        """Refuse an object that lacks one of these, whatever it holds there."""
        for name in keys:
            if name not in self.value:
                raise self.wrong(name)

    def text(self, key: str) -> str:
        """Return a text."""
        value = self.value.get(key)
        if not isinstance(value, str):
            raise self.wrong(key)
        return value

    def number(self, key: str) -> int:
        """Return a whole number from 0."""
        value = self.value.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.wrong(key)
        return value

    def maybe(self, key: str) -> int | None:
        """Return a whole number from 0, or None where it is null."""
        if key in self.value and self.value[key] is None:
            return None
        return self.number(key)

    def within(self, key: str) -> "Fields":
        """Return an object inside this one."""
        if key not in self.value:
            raise self.wrong(key)
        return Fields(self.value[key], self.file)

    def rows(self, key: str) -> list["Fields"]:
        """Return a list of objects."""
        value = self.value.get(key)
        if not isinstance(value, list):
            raise self.wrong(key)
        return [Fields(each, self.file) for each in value]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.value.get(key)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key)
        return tuple(value)

    def numbers(self, key: str) -> dict[str, int]:
        """Return an object of whole numbers."""
        inner = self.within(key)
        return {name: inner.number(name) for name in inner.value}

    def instant(self, key: str) -> datetime:
        """Return an instant that says its zone."""
        try:
            at = datetime.fromisoformat(self.text(key))
        except ValueError:
            raise self.wrong(key) from None
        if at.tzinfo is None:
            raise self.wrong(key)
        return at


def vote(election: Any, ballots: Mapping[str, int], receipts: tuple[str, ...]) -> PublishedVote:
    """Return the vote that ``election.json`` tells of.

    Raises:
        UnreadableFile: a field is missing, or is not what it must be.
    """
    fields = Fields(election, "election.json")
    if fields.number("format") != FORMAT:
        raise UnreadableFile("This bundle is of another format than this program reads.")
    roll = fields.within("roll")
    parameters = fields.within("parameters")
    published = PublishedVote(
        lab=fields.text("lab"),
        question=fields.text("question"),
        rule=fields.text("rule"),
        parameters={key: parameters.text(key) for key in parameters.value},
        options=_choices(fields),
        seats=fields.number("seats"),
        most=fields.number("most"),
        roll=Roll(roll.number("count"), roll.text("hash")),
        turnout=fields.numbers("turnout"),
        ballots=ballots,
        receipts=receipts,
        tie_rule=fields.text("tie_rule"),
        opened_at=fields.instant("opened_at"),
        closed_at=fields.instant("closed_at"),
        seed=fields.text("seed"),
        scale=fields.maybe("scale"),
        budget=fields.maybe("budget"),
        quorum=fields.number("quorum"),
        spoilt=fields.maybe("spoilt"),
        hands=_hands(fields),
        reconciled=_reconciled(fields),
        witnesses=fields.texts("witnesses"),
        differences=fields.texts("differences"),
    )
    if published.rule not in METHODS:
        raise fields.wrong("rule")
    if published.method.has_budget and (
        published.budget is None or any(option.cost is None for option in published.options)
    ):
        raise fields.wrong("budget")
    return published


def _choices(told: Fields) -> tuple[PublishedOption, ...]:
    rows = told.rows("options")
    choices = tuple(
        PublishedOption(row.text("key"), row.text("label"), row.maybe("cost")) for row in rows
    )
    keys = [choice.key for choice in choices]
    labels = {choice.label for choice in choices}
    if (
        not 0 < len(choices) <= MOST_OPTIONS
        or keys != [key(n) for n in range(1, len(choices) + 1)]
        or len(labels) != len(choices)
    ):
        raise told.wrong("options")
    return choices


def _hands(told: Fields) -> RaisedHands | None:
    if "hands" in told.value and told.value["hands"] is None:
        return None
    hands = told.within("hands")
    return RaisedHands(hands.number("people"), hands.numbers("votes"), hands.texts("witnesses"))


def _reconciled(told: Fields) -> dict[str, PublishedReconciliation]:
    inner = told.within("reconciled")
    reconciliations = {}
    for channel in inner.value:
        row = inner.within(channel)
        reconciliations[channel] = PublishedReconciliation(
            row.number("issued"),
            row.number("used"),
            row.number("returned"),
            row.number("voided"),
            row.text("explained"),
        )
    return reconciliations


def ballots(content: bytes) -> dict[str, int]:
    """Return what ``ballots.json`` holds: a ballot -> how many hold exactly this.

    It is read by its lines, as it is published: its values would take ten times the memory.

    Raises:
        UnreadableFile: it is not that, or a ballot stands there twice.
    """
    text = content.decode(errors="replace")
    if not (text.startswith(FIRST) and text.endswith(LAST)) or len(text) < len(FIRST + LAST):
        raise UnreadableFile(
            "ballots.json cannot be read: it is not a list of ballots, one a line."
        )
    body = text[len(FIRST) : -len(LAST)]
    ballots_by_number: dict[str, int] = {}
    for line, row in enumerate(body.split(BETWEEN) if body else (), 2):
        parts = BALLOT.fullmatch(row)
        if not parts:
            raise UnreadableFile(
                "ballots.json cannot be read: line %(line)s is not a ballot and its count.",
                line=str(line),
            )
        if parts[1] in ballots_by_number:
            raise UnreadableFile("ballots.json cannot be read: a ballot stands there twice.")
        ballots_by_number[parts[1]] = int(parts[2])
    if sum(ballots_by_number.values()) > LARGEST_ROLL:
        raise UnreadableFile("ballots.json cannot be read: it has more ballots than a country.")
    return ballots_by_number


def codes(content: bytes) -> tuple[str, ...]:
    """Return the codes of ``receipts.csv``.

    Raises:
        UnreadableFile: it is not one code a line.
    """
    if content.count(b"\n") > LARGEST_ROLL:
        raise UnreadableFile("receipts.csv cannot be read: it has more codes than a country.")
    heading, *lines = content.decode(errors="replace").removesuffix("\n").split("\n")
    if heading != "code" or not all(lines):
        raise UnreadableFile("receipts.csv cannot be read: it is not a list of codes.")
    return tuple(lines)
