"""Read the country: where labs are, the numbers that say how it goes, a plan's targets."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

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

#: A lab that was stopped stands on a line of its own: neither at work nor closed.
STOPPED = frozenset({Stage.SUSPENDED, Stage.CANCELLED})


@dataclass(frozen=True, slots=True)
class LabCounts:
    """How many approved labs there are, by stage, real ones and examples apart.

    Attributes:
        stages: of the labs that are counted, those that were stopped too.
        confirmed: how many of those at work or closed have a confirmed place.
        examples: whether the labs counted are examples, because no other was approved.
        apart: how many examples are listed and never added to the real ones.
    """

    stages: dict[Stage, int]
    confirmed: int
    examples: bool
    apart: int

    @property
    def labs(self) -> int:
        """Return how many are at work or closed: the sum of their stages."""
        return sum(self.standing.values())

    @property
    def standing(self) -> dict[Stage, int]:
        """Return how many are at work or closed, by stage, in order."""
        return {stage: n for stage, n in self.stages.items() if stage not in STOPPED}

    @property
    def stopped(self) -> dict[Stage, int]:
        """Return how many were suspended or cancelled."""
        return {stage: n for stage, n in self.stages.items() if stage in STOPPED}

    @property
    def listed(self) -> int:
        """Return how many labs the list of the page holds: all of these together."""
        return sum(self.stages.values()) + self.apart


def lab_counts() -> LabCounts:
    """Count the approved labs; examples stand for the real ones only while there is none."""
    rows = db.session.execute(
        select(Lab.example, Lab.stage, func.count(), func.count(Lab.place_code))
        .where(Lab.approved_at.is_not(None))
        .group_by(Lab.example, Lab.stage)
    ).all()
    examples = all(row[0] for row in rows) and bool(rows)
    mine = {row[1]: row for row in rows if row[0] is examples}
    return LabCounts(
        stages={stage: mine[stage][2] for stage in Stage if stage in mine},
        confirmed=sum(row[3] for stage, row in mine.items() if stage not in STOPPED),
        examples=examples,
        apart=sum(row[2] for row in rows if row[0] is not examples),
    )


def place_codes(*, examples: bool) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes where a lab that is counted is, and where one may be. Two statements."""
    here = (Lab.approved_at.is_not(None), Lab.stage.not_in(STOPPED), Lab.example.is_(examples))
    known = db.session.scalars(
        select(Lab.place_code).where(*here, Lab.place_code.is_not(None)).distinct()
    )
    maybe = db.session.scalars(
        select(CandidatePlace.place_code)
        .join(Lab, Lab.id == CandidatePlace.lab_id)
        .where(*here, Lab.place_code.is_(None))
        .distinct()
    )
    return frozenset(code for code in known if code), frozenset(maybe)


def measures(plan: Plan) -> dict[Measure, int]:
    """Measure everything a target of the plan may promise. One statement.

    A lab counts once it is approved and unless it was cancelled, with its meetings and agreements;
    an example never beside a real one.
    """
    ours = (*_approved(plan), Lab.stage != Stage.CANCELLED)
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


def _approved(plan: Plan) -> tuple[ColumnElement[bool], ...]:
    """Return, as SQL, that a lab of the plan is approved, and real where any of them is."""
    other = aliased(Lab)
    real = exists().where(
        other.plan_id == plan.id, other.approved_at.is_not(None), other.example.is_(False)
    )
    return Lab.plan_id == plan.id, Lab.approved_at.is_not(None), Lab.example != real


def _of_plan(plan: Plan) -> ColumnElement[bool]:
    labs = select(Lab.id).where(*_approved(plan), Lab.stage != Stage.CANCELLED)
    return or_(Thing.plan_id == plan.id, Thing.lab_id.in_(labs))
