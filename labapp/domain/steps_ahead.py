"""What stands between a lab and its other stages: each step out of one, with each of its needs."""

from dataclasses import dataclass

from labapp.domain.stage import LabKind, Stage
from labapp.domain.workflow import (
    CLOSING,
    COMARCA,
    EARLIER,
    IS_FOLLOW_UP,
    IS_UNDER_WAY,
    VERDICT,
    Facts,
    Need,
    Step,
    fits,
    steps_from,
)


@dataclass(frozen=True, slots=True)
class Lack:
    """One need of a step as it stands: met or not, and how many are owed."""

    need: Need
    met: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """One step out of a stage, with each of its needs."""

    step: Step
    lacks: tuple[Lack, ...]

    @property
    def missing(self) -> int:
        """How many needs are not met."""
        return sum(not lack.met for lack in self.lacks)

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def pending(self) -> bool:
        """Whether the lab could close all the same, each thing missing named as owed."""
        return (
            self.step.target is Stage.CLOSED
            and self.missing > 0
            and all(lack.met or lack.need in CLOSING for lack in self.lacks)
        )


def steps_ahead(stage: Stage, facts: Facts) -> tuple[Ahead, ...]:
    """Return every step out of this stage that concerns such a lab."""
    return tuple(
        Ahead(step, tuple(_lack(need, facts) for need in step.needs if _concerns(need, facts)))
        for step in steps_from(stage)
        if fits(step, facts)
    )


def owed_at_close(stage: Stage, facts: Facts) -> tuple[Lack, ...]:
    """Return what such a lab would leave owed if it closed now."""
    ahead = next((a for a in steps_ahead(stage, facts) if a.step.target is Stage.CLOSED), None)
    if ahead is None:
        return ()
    return tuple(lack for lack in ahead.lacks if not lack.met and lack.need in CLOSING)


def _concerns(need: Need, facts: Facts) -> bool:
    """Whether a need says anything to this lab: a new one owes no verdict, for example."""
    if need in (IS_FOLLOW_UP, IS_UNDER_WAY) or need.key == "left_from":
        return False
    if need in (EARLIER, VERDICT):
        return facts.kind is LabKind.FOLLOW_UP
    return need is not COMARCA or facts.in_comarca


def _lack(need: Need, facts: Facts) -> Lack:
    return Lack(need, need.met(facts), need.count(facts) if need.count else None)
