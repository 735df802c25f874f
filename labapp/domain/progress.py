"""How far an agreement is: what the entity declares and what others saw, never merged.

A step's verified percent is the share of its agreed questions answered yes; an agreement's is
the mean of its steps by weight.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

#: How many different neighbours must look where no committee watches.
NEIGHBOURS = 2


class WeightedStep(Protocol):
    """A step: its share of the agreement and its two percents."""

    @property
    def weight(self) -> int: ...  # noqa: D102
    @property
    def declared(self) -> int: ...  # noqa: D102
    @property
    def verified(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Progress:
    """An agreement in two numbers, each 0 to 100, that stand apart.

    Attributes:
        declared: what the entity says.
        verified: what was seen; 0 also while nobody has looked.
        looked: whether any verification stands.
    """

    declared: int = 0
    verified: int = 0
    looked: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """One verification: who looked. Later ones have the higher id."""

    id: int
    by_committee: bool
    person_id: int | None


def mean(parts: Iterable[tuple[int, int]]) -> int:
    """Return the mean of ``(weight, percent)`` pairs by weight, half up; 0 of none."""
    pairs = list(parts)
    whole = sum(weight for weight, _ in pairs)
    if whole == 0:
        return 0
    return (2 * sum(weight * percent for weight, percent in pairs) + whole) // (2 * whole)


def of_steps(steps: Collection[WeightedStep], *, looked: bool) -> Progress:
    """Return how far the agreement with these steps is."""
    return Progress(
        declared=mean((step.weight, step.declared) for step in steps),
        verified=mean((step.weight, step.verified) for step in steps),
        looked=looked,
    )


def percent_answered_yes(answers: Mapping[int, bool]) -> int:
    """Return the percent of questions answered yes, rounded down; 0 of none."""
    return sum(answers.values()) * 100 // len(answers) if answers else 0


def standing(looks: Iterable[Look], *, has_work: bool) -> tuple[Look, ...]:
    """Return the verifications that count now, newest first.

    With a public work the committee's latest counts alone. Without one, the latest of each of
    the last two different neighbours, and nothing until a second neighbour has looked.
    """
    newest = sorted(looks, key=lambda look: look.id, reverse=True)
    if has_work:
        return tuple(look for look in newest if look.by_committee)[:1]
    by_person: dict[int, Look] = {}
    for look in newest:
        if not look.by_committee and look.person_id is not None:
            by_person.setdefault(look.person_id, look)
    latest = tuple(by_person.values())[:NEIGHBOURS]
    return latest if len(latest) == NEIGHBOURS else ()


def together(answers: Sequence[Mapping[int, bool]]) -> dict[int, bool]:
    """Return, for each question, whether everybody who looked answered yes."""
    questions = {question for given in answers for question in given}
    return {q: all(given.get(q, False) for given in answers) for q in sorted(questions)}


def is_overdue(due_on: date, verified: int, today: date) -> bool:
    """Return whether a step is late; one in dispute is late besides."""
    return due_on < today and verified < 100
