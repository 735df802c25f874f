"""How far an agreement is: what the entity declares and what others saw, never merged.

A step's verified percent is the share of its agreed questions answered yes, and nothing of it
counts while no evidence stands; an agreement's is the mean of its steps by weight.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

#: How many different neighbours must look where no committee watches, unless the site says more.
NEIGHBOURS = 2
#: How many members of a committee must go for their visit to count.
VISITORS = 3


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
        verified: what was seen; 0 also while too few looked, or nothing is shown.
        looked: whether what was seen of any step counts.
    """

    declared: int = 0
    verified: int = 0
    looked: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """One verification: who looked, when, and who wrote it down.

    Attributes:
        id: of two looks written down at one instant the later has the higher one.
        by_committee: whether it is a visit of the committee.
        person_id: who looked, one number a person.
        day: when it was made, which is not when it was typed.
        noted_at: when it was typed.
        present: how many members went, of a visit.
        typed_by: who typed it for that person; None where they did so themselves.
        by_independent: whether whoever typed it neither carries the step out nor facilitates.
        attested_by: which second such person said that it is so; None for nobody.
        by_executor: whether who looked as a neighbour is of the entity now, or was once.
    """

    id: int
    by_committee: bool
    person_id: int | None
    day: date
    noted_at: datetime
    present: int = 0
    typed_by: int | None = None
    by_independent: bool = True
    attested_by: int | None = None
    by_executor: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts at all: a visit of enough; a neighbour's, by who made and typed it."""
        if self.by_committee:
            return self.present >= VISITORS
        if self.person_id is None or self.by_executor:
            return False
        return self.typed_by is None or self.by_independent or self.attested_by is not None

    @property
    def hand(self) -> int | None:
        """Whose word it is: of who looked, where they wrote it; else of who stands for it.

        That is whoever confirmed it, and until then whoever typed it: nobody is two by what they
        say of others.
        """
        if self.typed_by is None:
            return self.person_id
        return self.attested_by if self.attested_by is not None else self.typed_by

    @property
    def order(self) -> tuple[date, datetime, int]:
        """Sort by when it was made; of one day by when it was typed."""
        return self.day, self.noted_at, self.id


@dataclass(frozen=True, slots=True)
class Sight:
    """What stands of a step: the one answer to what looks at it count for.

    Attributes:
        looks: those that count now, newest first; none until enough people have looked.
        is_shown: whether evidence stands.
        lacking: how many more people must look; of a committee, its visit.
        answers: for each question, whether everybody whose look counts answered yes.
    """

    looks: tuple[Look, ...] = ()
    is_shown: bool = False
    lacking: int = 0
    answers: Mapping[int, bool] = field(default_factory=dict)

    @property
    def is_counted(self) -> bool:
        """Whether what was seen counts: enough looked, and evidence stands."""
        return bool(self.looks) and self.is_shown

    @property
    def percent(self) -> int:
        """What was seen, 0 to 100; 0 while it does not count."""
        return percent_answered_yes(self.answers) if self.is_counted else 0

    @property
    def is_done(self) -> bool:
        """Whether the step is done and was seen: evidence, and the yes of enough people."""
        return self.percent == 100

    @property
    def unanswered(self) -> int:
        """How many questions wait for the yes of all whose look counts; 0 while too few looked."""
        return sum(not yes for yes in self.answers.values())

    def disputes(self, declared: int) -> bool:
        """Tell whether enough looked and saw less than is declared, be anything shown or not."""
        return bool(self.looks) and percent_answered_yes(self.answers) < declared


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


def standing(
    looks: Iterable[Look], *, has_work: bool, needed: int = NEIGHBOURS
) -> tuple[Look, ...]:
    """Return the verifications that count now, newest first.

    With a public work the committee's latest visit counts alone. Without one, the latest look of
    each of the last ``needed`` different people, and nothing until so many have looked. What one
    hand wrote, for itself or for others, counts as one person's and says yes where all of it does.
    """
    voices = _voices(looks, has_work=has_work)
    needed = 1 if has_work else needed
    if len(voices) < needed:
        return ()
    return tuple(look for voice in voices[:needed] for look in voice)


def lacking(looks: Iterable[Look], *, has_work: bool, needed: int = NEIGHBOURS) -> int:
    """Return how many more people must look before anything counts; of a committee, its visit."""
    needed = 1 if has_work else needed
    return max(0, needed - len(_voices(looks, has_work=has_work)))


def _voices(looks: Iterable[Look], *, has_work: bool) -> list[list[Look]]:
    """Return the looks that count, parted by whose word they are, the newest first."""
    able = [look for look in looks if look.by_committee is has_work and look.counts]
    newest = sorted(able, key=lambda look: look.order, reverse=True)
    if has_work:
        return [[look] for look in newest]
    by_person: dict[int | None, Look] = {}
    # What somebody says of their own sight stands before what another wrote for them.
    for look in sorted(newest, key=lambda look: look.typed_by is not None):
        by_person.setdefault(look.person_id, look)
    by_hand: dict[int | None, list[Look]] = {}
    for look in sorted(by_person.values(), key=lambda look: look.order, reverse=True):
        by_hand.setdefault(look.hand, []).append(look)
    return list(by_hand.values())


def together(answers: Sequence[Mapping[int, bool]]) -> dict[int, bool]:
    """Return, for each question, whether everybody who looked answered yes."""
    questions = {question for given in answers for question in given}
    return {q: all(given.get(q, False) for given in answers) for q in sorted(questions)}


def is_overdue(due_on: date, verified: int, today: date) -> bool:
    """Return whether a step is late; one in dispute is late besides."""
    return due_on < today and verified < 100
