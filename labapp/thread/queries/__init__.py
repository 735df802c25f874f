"""Read the thread: a thing by its address, and its whole line in three statements."""

from collections.abc import Iterator

from sqlalchemy import CTE, ColumnElement, SQLColumnExpression, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from labapp.db import db
from labapp.domain.kinds import RESERVED, Kind
from labapp.labs.models import Lab
from labapp.plans.models import Plan
from labapp.record import queries as record
from labapp.thread.models import Counter, Descent, Duty, Thing
from labapp.thread.timeline import Timeline, TimelineAct, TimelineDuty, TimelineThing
from labapp.thread.urls import page

#: A line longer than this is cut at its newest end; the record keeps the rest.
_LONGEST = 400


def public(thing: type[Thing] = Thing) -> SQLColumnExpression[bool]:
    """Say, in a query, that the public may see a thing: the one predicate.

    Args:
        thing: the table, or an alias of it.
    """
    return thing.is_public


def stands_at(lab_id: int, kind: Kind, number: int) -> ColumnElement[bool]:
    """Say, in a query, that a thing has this number among its kind in a lab, public or not."""
    return and_(Thing.lab_id == lab_id, Thing.kind == kind, Thing.number == number)


def has_place(thing: type[Thing] = Thing) -> SQLColumnExpression[bool]:
    """Say, in a query, that a thing keeps its place in lists, be it with words that say it is gone.

    Args:
        thing: the table, or an alias of it.
    """
    return thing.has_place


def with_page(lab_id: int, kind: Kind, number: int) -> Thing | None:
    """Return the thing of this number that has a page, hidden or not; None if there is none."""
    return db.session.scalar(select(Thing).where(stands_at(lab_id, kind, number), has_place()))


def by_code(code: str) -> tuple[Thing, Lab] | None:
    """Return the thing that a tracking code leads to, and its lab, or None."""
    row = db.session.execute(
        select(Thing, Lab).join(Lab, Lab.id == Thing.lab_id).where(Thing.code == code)
    ).first()
    return (row[0], row[1]) if row else None


def in_lab(lab_id: int, kind: Kind, number: int) -> Thing | None:
    """Return the public thing of this number, or None; one that was hidden is not there."""
    return db.session.scalar(select(Thing).where(stands_at(lab_id, kind, number), public()))


def in_plan(slug: str, kind: Kind, number: int) -> tuple[Thing, Plan] | None:
    """Return the published thing of a plan, and the plan, or None."""
    row = db.session.execute(
        select(Thing, Plan)
        .join(Plan, Plan.id == Thing.plan_id)
        .where(
            Plan.slug == slug,
            Thing.kind == kind,
            Thing.number == number,
            has_place(),
        )
    ).first()
    return (row[0], row[1]) if row else None


def line(thing: Thing, *, lab: str | None = None, plan: str | None = None) -> Timeline:
    """Return the thing, what it came from, what became of it, their acts and duties.

    Others that the public may not see are left out, whoever asks. Three statements.

    Args:
        thing: whoever calls has shown that it may be seen.
        lab: the slug of its lab, or
        plan: the slug of its plan.
    """
    own = TimelineThing(
        thing.id,
        thing.kind,
        thing.number,
        thing.title,
        page(thing.kind, thing.number, lab=lab, plan=plan),
        thing.published_at,
        thing.state == RESERVED,
    )
    others = _others(thing.id)
    ids = [own.id, *(other.id for other in others)]
    return Timeline(own, others, _acts(ids), _duties(ids))


def drift() -> Iterator[str]:
    """Yield one sentence for each counter behind the numbers given, and each duty astray."""
    given = (
        select(Thing.lab_id, Thing.plan_id, Thing.kind, func.max(Thing.number))
        .where(Thing.number.is_not(None))
        .group_by(Thing.lab_id, Thing.plan_id, Thing.kind)
        .order_by(Thing.lab_id, Thing.plan_id, Thing.kind)
    )
    counters = {
        (place, kind): last
        for place, kind, last in db.session.execute(
            select(Counter.place, Counter.kind, Counter.last)
        )
    }
    for lab_id, plan_id, kind, highest in db.session.execute(given):
        place = f"lab:{lab_id}" if lab_id is not None else f"plan:{plan_id}"
        last = counters.get((place, kind), 0)
        if highest is not None and last < highest:
            yield f"{place}: number {highest} of {kind} was given, its counter says {last}"
    astray = (
        select(Duty.thing_id, Duty.what)
        .join(Thing, Thing.id == Duty.thing_id)
        .where(Duty.lab_id.is_distinct_from(Thing.lab_id))
        .order_by(Duty.thing_id, Duty.what)
    )
    for thing_id, what in db.session.execute(astray):
        yield f"thing {thing_id}: its {what} is owed in another lab than its own"


def _others(thing_id: int) -> list[TimelineThing]:
    before = _walk(thing_id, "before", Descent.child_id, Descent.parent_id)
    after = _walk(thing_id, "after", Descent.parent_id, Descent.child_id)
    mentions = _mentions(after)
    rows = db.session.execute(
        select(Thing, Lab.slug, Plan.slug)
        .outerjoin(Lab, Lab.id == Thing.lab_id)
        .outerjoin(Plan, Plan.id == Thing.plan_id)
        .where(
            or_(
                Thing.id.in_(select(before.c.id)),
                Thing.id.in_(select(after.c.id)),
                Thing.id.in_(select(mentions.c.id)),
            ),
            Thing.id != thing_id,
            has_place(),
            or_(Thing.lab_id.is_(None), Lab.approved_at.is_not(None)),
        )
        .order_by(Thing.published_at, Thing.id)
        .limit(_LONGEST)
    )
    return [
        TimelineThing(
            thing.id,
            thing.kind,
            thing.number,
            thing.title,
            page(thing.kind, thing.number, lab=lab, plan=plan),
            thing.published_at,
            thing.state == RESERVED,
        )
        for thing, lab, plan in rows
    ]


def _mentions(after: CTE) -> CTE:
    """Return where what came after was spoken of: the contributions it took up, the meetings."""
    step = (
        select(Descent.parent_id.label("id"))
        .join(after, after.c.id == Descent.child_id)
        .join(Thing, Thing.id == Descent.parent_id)
        .where(Thing.kind.in_((Kind.CONTRIBUTION, Kind.MEETING)))
        .cte("said", recursive=True)
    )
    upward = (
        select(Descent.parent_id)
        .join(step, step.c.id == Descent.child_id)
        .join(Thing, Thing.id == Descent.parent_id)
        .where(Thing.kind == Kind.MEETING)
    )
    return step.union(upward)


def _walk(
    thing_id: int,
    name: str,
    here: InstrumentedAttribute[int],
    there: InstrumentedAttribute[int],
) -> CTE:
    """Follow descent one way to its end; UNION ends a circle, should one ever be written."""
    step = select(there.label("id")).where(here == thing_id).cte(name, recursive=True)
    return step.union(select(there).join(step, here == step.c.id))


def _acts(ids: list[int]) -> list[TimelineAct]:
    return [
        TimelineAct(
            entry.thing_id, entry.at, entry.act, entry.role, entry.public_reason, entry.code_label
        )
        for entry in record.about(ids)
        if entry.thing_id is not None
    ]


def _duties(ids: list[int]) -> list[TimelineDuty]:
    duties = db.session.scalars(
        select(Duty).where(Duty.thing_id.in_(ids)).order_by(Duty.due_on, Duty.id)
    )
    return [
        TimelineDuty(
            duty.thing_id,
            duty.what,
            duty.owed_by,
            duty.basis,
            duty.due_on,
            duty.met_on,
            duty.noted_on,
            duty.waived_on,
        )
        for duty in duties
    ]
