"""Read meetings, who came by sector, what was said in them and what became of those words."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.labs.models import LabPerson
from labapp.pagination import PAGE, Page, newest_first, oldest_first, page_of
from labapp.plans.models import Plan
from labapp.responses.models import Response
from labapp.sessions.models import CheckIn, Contribution, ContributionVersion, Meeting, Sector
from labapp.thread import queries as thread
from labapp.thread.models import Descent, Duty, Thing
from labapp.thread.queries import duties


class NamedCheckIn(NamedTuple):
    """Somebody counted at a meeting by name."""

    id: int
    name: str
    known_as: str
    sector: Sector


def _meetings() -> Select[Meeting]:
    return (
        select(Meeting)
        .join(Meeting.thing)
        .options(contains_eager(Meeting.thing))
        .where(Thing.kind == Kind.MEETING)
    )


def _contributions() -> Select[Contribution]:
    return (
        select(Contribution)
        .join(Contribution.thing)
        .options(
            contains_eager(Contribution.thing),
            joinedload(Contribution.joined_into).joinedload(Contribution.thing),
        )
        .where(Thing.kind == Kind.CONTRIBUTION)
    )


def by_number(lab_id: int, number: int) -> Meeting | None:
    """Return the meeting of a lab with this number, or None."""
    return db.session.scalar(_meetings().where(thread.stands_at(lab_id, Kind.MEETING, number)))


def meeting(meeting_id: int) -> Meeting:
    """Return a meeting by its id."""
    return db.session.scalars(_meetings().where(Meeting.id == meeting_id)).one()


def of_plan(plan_id: int, number: int) -> Meeting | None:
    """Return the meeting of a plan with this number, or None."""
    return db.session.scalar(_meetings().where(Thing.plan_id == plan_id, Thing.number == number))


def all_of_plan(plan_id: int) -> Sequence[Meeting]:
    """Return the meetings of a plan, a handful, newest first."""
    return db.session.scalars(
        _meetings().where(Thing.plan_id == plan_id).order_by(Thing.number.desc()).limit(PAGE)
    ).all()


def plan(slug: str) -> Plan | None:
    """Return the plan at this address, or None."""
    return db.session.scalar(select(Plan).where(Plan.slug == slug))


def page(lab_id: int, before: int | None) -> Page[Meeting, int]:
    """Return meetings of a lab, newest first, below number ``before``."""
    query = newest_first(_meetings().where(Thing.lab_id == lab_id), Thing.number, before)
    return page_of(db.session.scalars(query).all(), lambda meeting: meeting.thing.number)


def coming(lab_id: int, *, since: datetime) -> Meeting | None:
    """Return the next meeting of a lab, or the one being held, that began after ``since``."""
    return db.session.scalar(
        _meetings()
        .where(
            Thing.lab_id == lab_id,
            Meeting.closed_at.is_(None),
            Meeting.cancelled_at.is_(None),
            Meeting.typed_at.is_(None),
            Meeting.starts_at >= since,
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    )


def attendance(meeting_id: int) -> dict[Sector, int]:
    """Return how many came of each sector. For whoever runs it: ``attendance.public`` for all.

    Two numbers found to be one person count once, where that person was counted first.
    """
    rows = db.session.execute(
        select(CheckIn.sector, func.count().label("people"))
        .where(CheckIn.meeting_id == meeting_id, ~_counted_before())
        .group_by(CheckIn.sector)
    )
    return {row.sector: row.people for row in rows}


def _counted_before() -> ColumnElement[bool]:
    """Return, as SQL, whether this person was counted at the meeting by another number before."""
    mine, earlier, other = aliased(LabPerson), aliased(CheckIn), aliased(LabPerson)
    return (
        select(earlier.id)
        .join(Thing, Thing.id == earlier.meeting_id)
        .join(mine, mine.lab_id == Thing.lab_id)
        .join(other, (other.lab_id == mine.lab_id) & (other.line_id == mine.line_id))
        .where(
            mine.person_id == CheckIn.person_id,
            other.person_id == earlier.person_id,
            earlier.meeting_id == CheckIn.meeting_id,
            earlier.id < CheckIn.id,
        )
        .correlate(CheckIn)
        .exists()
    )


def is_counted(meeting_id: int, person_ids: Collection[int]) -> bool:
    """Tell whether one of these numbers is counted at a meeting."""
    there = exists().where(CheckIn.meeting_id == meeting_id, CheckIn.person_id.in_(person_ids))
    return db.session.scalars(select(there)).one()


def names(lab_id: int, meeting_id: int) -> Sequence[NamedCheckIn]:
    """Return who is counted by name, latest first. Personal: for the facilitators alone."""
    rows = db.session.execute(
        select(
            CheckIn.id,
            func.coalesce(Person.name, CheckIn.name),
            func.coalesce(LabPerson.known_as, ""),
            CheckIn.sector,
        )
        .outerjoin(Person, Person.id == CheckIn.person_id)
        .outerjoin(
            LabPerson, (LabPerson.lab_id == lab_id) & (LabPerson.person_id == CheckIn.person_id)
        )
        .where(
            CheckIn.meeting_id == meeting_id,
            or_(CheckIn.person_id.is_not(None), CheckIn.name != ""),
        )
        .order_by(CheckIn.id.desc())
        .limit(500)
    )
    return [NamedCheckIn(*row) for row in rows]


def contribution(lab_id: int, number: int) -> Contribution | None:
    """Return the contribution of a lab with this number, or None."""
    return db.session.scalar(
        _contributions().where(thread.stands_at(lab_id, Kind.CONTRIBUTION, number))
    )


def with_numbers(lab_id: int, numbers: Collection[int]) -> Sequence[Contribution]:
    """Return the contributions of a lab that have these numbers, in their order."""
    query = _contributions().where(Thing.lab_id == lab_id, Thing.number.in_(numbers))
    return db.session.scalars(query.order_by(Thing.number)).all()


def alike(contribution_id: int) -> Sequence[Contribution]:
    """Return what was joined with a contribution, in the order said."""
    query = _contributions().where(Contribution.joined_into_id == contribution_id)
    return db.session.scalars(query.order_by(Thing.number)).all()


def former_words(contribution_id: int) -> Sequence[ContributionVersion]:
    """Return what a contribution said before, latest first."""
    return db.session.scalars(
        select(ContributionVersion)
        .where(ContributionVersion.contribution_id == contribution_id)
        .order_by(ContributionVersion.number.desc())
    ).all()


def parts(contribution_id: int) -> Sequence[Contribution]:
    """Return what was divided from a contribution, and what it was divided from itself."""
    apart = select(Descent.child_id, Descent.parent_id).where(
        Descent.why == DescentKind.DIVIDED_FROM,
        or_(Descent.child_id == contribution_id, Descent.parent_id == contribution_id),
    )
    both = apart.subquery()
    query = _contributions().where(
        or_(
            Contribution.id.in_(select(both.c.child_id)),
            Contribution.id.in_(select(both.c.parent_id)),
        ),
        Contribution.id != contribution_id,
    )
    return db.session.scalars(query.order_by(Thing.number)).all()


def meeting_contributions(meeting_id: int, after: int | None = None) -> Page[Contribution, int]:
    """Return what was said in a meeting, in order, past ``after``."""
    return _in_order(_contributions().where(Contribution.meeting_id == meeting_id), after)


def latest(meeting_id: int) -> Sequence[Contribution]:
    """Return the last things said in a meeting, the very last first."""
    query = _contributions().where(Contribution.meeting_id == meeting_id)
    return db.session.scalars(query.order_by(Thing.number.desc()).limit(PAGE)).all()


def contributions(lab_id: int, after: int | None, *, waiting: bool) -> Page[Contribution, int]:
    """Return contributions of a lab, past number ``after``.

    Args:
        lab_id: the lab.
        after: the last number already seen.
        waiting: only those that nobody has answered.
    """
    query = _contributions().where(Thing.lab_id == lab_id)
    return _in_order(query.where(_unanswered()) if waiting else query, after)


def _in_order(query: Select[Contribution], after: int | None) -> Page[Contribution, int]:
    rows = db.session.scalars(oldest_first(query, Thing.number, after)).all()
    return page_of(rows, lambda said: said.thing.number)


def dues(thing_ids: Collection[int]) -> dict[int, Duty]:
    """Return the answer owed on each of these things, or last owed. One statement."""
    return duties.of_things(thing_ids, DutyKind.RESPONSE)


def closed_meeting_count(lab_id: int) -> int:
    """Return how many meetings of the lab were held and closed with their minutes."""
    return db.session.scalars(
        select(func.count())
        .select_from(Meeting)
        .join(Meeting.thing)
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.MEETING, Meeting.closed_at.is_not(None))
    ).one()


def unanswered_count(lab_id: int) -> int:
    """Return how many contributions of the lab wait for a reasoned response of their own.

    One joined with another waits for that one's; one withdrawn waits for none.
    """
    return db.session.scalars(
        select(func.count())
        .select_from(Contribution)
        .join(Contribution.thing)
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.CONTRIBUTION, _unanswered())
    ).one()


def unanswered_contributions(lab_id: int) -> Sequence[Thing]:
    """Return the contributions that ``unanswered_count`` counts, in order. One statement."""
    return db.session.scalars(
        select(Thing)
        .join(Contribution, Contribution.id == Thing.id)
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.CONTRIBUTION, _unanswered())
        .order_by(Thing.number)
    ).all()


def drift() -> Iterator[str]:
    """Yield one sentence for each contribution joined with one that is joined itself."""
    stays = aliased(Contribution)
    chained = (
        select(Contribution.id, stays.id)
        .join(stays, stays.id == Contribution.joined_into_id)
        .where(stays.joined_into_id.is_not(None))
        .order_by(Contribution.id)
    )
    for key, into in db.session.execute(chained):
        yield f"contribution {key}: joined with {into}, which is joined itself"


def _unanswered() -> ColumnElement[bool]:
    return and_(
        Contribution.withdrawn_at.is_(None),
        Contribution.joined_at.is_(None),
        ~select(Response.id).where(Response.thing_id == Contribution.id).exists(),
    )
