"""Read what stands between a lab and its other stages, and what stayed owed at its close."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from labapp.db import db
from labapp.domain.folding import hyphenate
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
from labapp.labs.models import Lab
from labapp.pagination import PAGE
from labapp.stages.models import ClosingDebt


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


def ways(lab: Lab, facts: Facts) -> tuple[Ahead, ...]:
    """Return every step that concerns this lab from where it stands. No statement."""
    return tuple(
        Ahead(step, tuple(_lack(need, facts) for need in step.needs if _concerns(need, facts)))
        for step in steps_from(lab.stage)
        if fits(step, facts)
    )


def closing(lab: Lab, facts: Facts) -> tuple[Lack, ...]:
    """Return what a lab would leave owed if it closed now. No statement."""
    ahead = next((a for a in ways(lab, facts) if a.step.target is Stage.CLOSED), None)
    if ahead is None:
        return ()
    return tuple(lack for lack in ahead.lacks if not lack.met and lack.need in CLOSING)


def closing_debts(lab: Lab) -> Sequence[ClosingDebt]:
    """Return what stayed owed at the close that stands, in the order of the table."""
    rows = db.session.scalars(
        select(ClosingDebt).where(
            ClosingDebt.lab_id == lab.id, ClosingDebt.closed_at == lab.stage_since
        )
    ).all()
    order = [need.key for need in CLOSING]
    return sorted(rows, key=lambda row: order.index(row.need))


def labs_called(words: str, *, beside: Lab) -> Sequence[Lab]:
    """Return the approved labs whose address holds these words; its earlier lab is among them."""
    # SQLite refuses to look for what is very long; no address is longer than this.
    sought = hyphenate(words)[:100]
    called = Lab.slug.contains(sought, autoescape=True) if sought else Lab.id.is_not(None)
    return db.session.scalars(
        select(Lab)
        .where(
            Lab.id != beside.id,
            Lab.approved_at.is_not(None),
            or_(called, Lab.id == beside.earlier_lab_id),
        )
        .order_by(Lab.name, Lab.id)
        .limit(PAGE)
    ).all()


def _concerns(need: Need, facts: Facts) -> bool:
    """Whether a need says anything to this lab: a new one owes no verdict, for example."""
    if need in (IS_FOLLOW_UP, IS_UNDER_WAY) or need.key == "left_from":
        return False
    if need in (EARLIER, VERDICT):
        return facts.kind is LabKind.FOLLOW_UP
    return need is not COMARCA or facts.in_comarca


def _lack(need: Need, facts: Facts) -> Lack:
    return Lack(need, need.met(facts), need.count(facts) if need.count else None)
