"""A count as JSON and as lines of text: the same data, exact."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from labapp.counting.outcome import Count

#: An exact number is written with this many decimals when that says it whole, else as p/q.
DECIMALS = 5


def count_as_json(counted: Count) -> dict[str, Any]:
    """Return the count in the shape of the published results."""
    outcome = counted.outcome
    return {
        "rule": counted.rule,
        "parameters": counted.parameters,
        "ballots": outcome.ballots,
        "winners": list(outcome.winners),
        "spent": plain(counted.spent),
        "budget": plain(counted.budget),
        "rounds": [{"round": n, **plain(each)} for n, each in enumerate(outcome.rounds, 1)],
        "ties": [plain(tie) for tie in outcome.ties],
    }


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it; no number is rounded."""
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def number(value: Fraction) -> int | str:
    """Return a whole number, a decimal of few places in text, or p/q in text."""
    if value.denominator == 1:
        return value.numerator
    scaled = value * 10**DECIMALS
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled.numerator), 10**DECIMALS)
    return f"{sign}{whole}.{rest:0{DECIMALS}}".rstrip("0")


def count_as_text(counted: Count) -> Iterator[str]:
    """Yield the count as lines to be read."""
    values = count_as_json(counted)
    chosen = [
        f"{key}={value}" for key, value in values["parameters"].items() if value not in (None, "")
    ]
    yield " ".join([values["rule"], *chosen])
    yield f"ballots: {values['ballots']}"
    if values["budget"] is not None:
        yield f"spent: {values['spent']} of {values['budget']}"
    for each in values["rounds"]:
        yield f"round {each.pop('round')}"
        for key, value in each.items():
            if value not in (None, {}, [], ()):
                yield f"  {key.replace('_', ' ')}: {_said(value)}"
    for tie in values["ties"]:
        yield (
            f"tie in round {tie['round']} ({tie['over']}): {', '.join(tie['among'])}; "
            f"by {tie['by']}: {', '.join(tie['order'])}"
        )
    yield f"winners: {', '.join(values['winners']) or 'none'}"


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    return str(value)
