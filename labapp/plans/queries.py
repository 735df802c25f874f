"""Read plans and their targets."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from labapp.db import db
from labapp.pagination import Page, newest_first, page_of
from labapp.plans.models import Plan, Target


def by_slug(slug: str) -> Plan | None:
    """Return the plan at this address, with its targets. Two statements."""
    return db.session.scalar(
        select(Plan).where(Plan.slug == slug).options(selectinload(Plan.targets))
    )


def page(before: int | None = None) -> Page[Plan, int]:
    """Return plans, the last written first, before plan id ``before``."""
    rows = db.session.scalars(newest_first(select(Plan), Plan.id, before)).all()
    return page_of(rows, lambda plan: plan.id)


def target(plan_id: int, target_id: int) -> Target | None:
    """Return a target only if it is of this plan."""
    return db.session.scalar(
        select(Target).where(Target.id == target_id, Target.plan_id == plan_id)
    )


def slugs_like(text: str) -> frozenset[str]:
    """Return the addresses of plans that begin like this one."""
    return frozenset(db.session.scalars(select(Plan.slug).where(Plan.slug.startswith(text))))
