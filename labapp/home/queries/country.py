"""Read the country: where labs are, the numbers that say how it goes, a plan's targets."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.domain.stage import LabKind, Stage
from labapp.followup.models import Agreement
from labapp.labs.models import CandidatePlace, Lab
from labapp.pagination import PAGE
from labapp.plans.models import Measure, Plan
from labapp.sessions.models import Meeting
from labapp.territory.models import Level, Place
from labapp.thread import queries as thread
from labapp.thread.models import Thing


def labs_counted() -> tuple[int, int]:
    """Return how many labs there are, and how many of them have a confirmed place."""
    row = db.session.execute(
        select(func.count(Lab.id), func.count(Lab.place_code)).where(
            Lab.approved_at.is_not(None), Lab.stage != Stage.CANCELLED
        )
    ).one()
    return row[0], row[1]


def by_stage() -> dict[Stage, int]:
    """Return how many approved labs stand at each stage. One statement."""
    rows = db.session.execute(
        select(Lab.stage, func.count()).where(Lab.approved_at.is_not(None)).group_by(Lab.stage)
    )
    return {row[0]: row[1] for row in rows}


def place_codes() -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes where a lab is, and those where one may be. Two statements."""
    alive = (Lab.approved_at.is_not(None), Lab.stage != Stage.CANCELLED)
    known = db.session.scalars(
        select(Lab.place_code).where(*alive, Lab.place_code.is_not(None)).distinct()
    )
    maybe = db.session.scalars(
        select(CandidatePlace.place_code)
        .join(Lab, Lab.id == CandidatePlace.lab_id)
        .where(*alive, Lab.place_code.is_(None))
        .distinct()
    )
    return frozenset(code for code in known if code), frozenset(maybe)


def measures(plan: Plan) -> dict[Measure, int]:
    """Measure everything a target of the plan may promise. One statement."""
    ours = (Lab.plan_id == plan.id, Lab.approved_at.is_not(None), Lab.stage != Stage.CANCELLED)
    labs = select(func.count(Lab.id)).where(*ours)
    lies_in = exists().where(Place.level == Level.COMARCA, Lab.place_code.startswith(Place.code))
    parts = {
        Measure.FOLLOW_UP_LABS: labs.where(Lab.kind == LabKind.FOLLOW_UP),
        Measure.NEW_LABS: labs.where(Lab.kind != LabKind.FOLLOW_UP),
        Measure.LABS_IN_COMARCAS: labs.where(lies_in),
        Measure.MEETINGS: select(func.count(Meeting.id))
        .join(Thing, Thing.id == Meeting.id)
        .where(Meeting.closed_at.is_not(None), _of_plan(plan)),
        Measure.AGREEMENTS: select(func.count(Agreement.id))
        .join(Thing, Thing.id == Agreement.id)
        .where(Agreement.accepted_on.is_not(None), _of_plan(plan)),
    }
    row = db.session.execute(select(*(part.scalar_subquery() for part in parts.values()))).one()
    return dict(zip(parts, row, strict=True))


def plan_meetings(plan_id: int) -> Sequence[Thing]:
    """Return the meetings of a plan itself, the first ones. One statement."""
    return db.session.scalars(
        select(Thing)
        .where(
            Thing.plan_id == plan_id,
            Thing.kind == Kind.MEETING,
            thread.has_place(),
        )
        .order_by(Thing.number)
        .limit(PAGE)
    ).all()


def plan_labs(plan_id: int) -> Sequence[Lab]:
    """Return the approved labs of a plan, the first ones. One statement."""
    return db.session.scalars(
        select(Lab)
        .where(Lab.plan_id == plan_id, Lab.approved_at.is_not(None))
        .order_by(Lab.id)
        .limit(PAGE)
    ).all()


def _of_plan(plan: Plan) -> ColumnElement[bool]:
    labs = select(Lab.id).where(Lab.plan_id == plan.id)
    return or_(Thing.plan_id == plan.id, Thing.lab_id.in_(labs))
