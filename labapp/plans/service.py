"""Write plans and their targets."""

import re
from dataclasses import dataclass
from datetime import date

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.folding import slug
from labapp.domain.policy import Act
from labapp.plans import queries
from labapp.plans.models import Measure, Plan, Target
from labapp.record.acting import Acting

#: OGP's id of a commitment.
_COMMITMENT = re.compile(r"PA[0-9]{4}")


def add_plan(
    acting: Acting[None], *, name: str, starts_on: date, ends_on: date, source: str = ""
) -> Plan:
    """Add an action plan.

    Args:
        acting: ANTAI or an administrator.
        name: as it is officially called.
        starts_on: its first day.
        ends_on: its last day.
        source: where its facts come from.

    Returns:
        The plan, flushed, at an address made from its name.

    Raises:
        Conflict: it ends before it starts.
    """
    acting.require(Act.PLAN_EDIT)
    if ends_on < starts_on:
        raise Conflict(mark("It cannot end before it starts."), field="ends_on")
    taken = queries.slugs_like(slug(name, otherwise="plan")) | {"new"}
    plan = Plan(
        slug=slug(name, taken, "plan"),
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
    )
    db.session.add(plan)
    db.session.flush()
    acting.record(Act.PLAN_EDIT, after={"plan": plan.slug, "name": name})
    return plan


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What a target says, before it has a row.

    Attributes:
        title: what was promised, in a line.
        measure: what is counted on this site.
        goal: how many, >= 0.
        commitment: OGP's id, ``PA`` and four digits, where it is known.
    """

    title: str
    measure: Measure
    goal: int
    commitment: str | None = None


def add_target(
    acting: Acting[None], plan: Plan, draft: TargetDraft, *, example: bool = False
) -> Target:
    """Add a target at the end of a plan's list.

    Args:
        acting: ANTAI or an administrator.
        plan: whose target it is.
        draft: what a target says, before it has a row.
        example: True for one invented for the demonstration.

    Returns:
        The target, flushed.

    Raises:
        Conflict: the id of the commitment is not one.
    """
    acting.require(Act.PLAN_EDIT)
    target = Target(
        title=draft.title,
        measure=draft.measure,
        goal=draft.goal,
        commitment=_checked(draft.commitment),
        example=example,
        position=len(plan.targets) + 1,
    )
    plan.targets.append(target)
    db.session.flush()
    acting.record(Act.PLAN_EDIT, after=_values(target))
    return target


def edit_target(acting: Acting[None], target: Target, draft: TargetDraft) -> None:
    """Change a target; the record keeps what it said before. Arguments as in ``add_target``.

    Raises:
        Conflict: the id of the commitment is not one.
    """
    acting.require(Act.PLAN_EDIT)
    before = _values(target)
    target.title, target.measure, target.goal = draft.title, draft.measure, draft.goal
    target.commitment = _checked(draft.commitment)
    db.session.flush()
    acting.record(Act.PLAN_EDIT, before=before, after=_values(target))


def _checked(commitment: str | None) -> str | None:
    known = (commitment or "").strip().upper() or None
    if known is not None and not _COMMITMENT.fullmatch(known):
        raise Conflict(mark("Write PA and four figures, such as PA0030."), field="commitment")
    return known


def _values(target: Target) -> dict[str, str | int | None]:
    return {
        "target": target.id,
        "title": target.title,
        "measure": target.measure.value,
        "goal": target.goal,
        "commitment": target.commitment,
    }
