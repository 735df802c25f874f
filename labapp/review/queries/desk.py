"""Read what waits on ANTAI's desk, across labs: each list in one statement, all counts in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, exists, func, or_, select

from labapp.audits.models import Committee
from labapp.db import db
from labapp.domain.roles import Role
from labapp.domain.stage import ALIVE, Stage
from labapp.followup.models import Agreement, Milestone
from labapp.labs.models import Grant, Lab
from labapp.labs.models.dismissal import Dismissal
from labapp.labs.queries import dismissals as dismissal_queries
from labapp.moderation import queries as moderation
from labapp.moderation.models import Removal
from labapp.results.models import AnnulmentRequest
from labapp.results.queries import annulments as annulment_queries
from labapp.review.models import Review, ReviewState
from labapp.thread.models import Duty, Thing
from labapp.thread.queries import duties

#: Points between what is declared and what is verified from which the desk shows an agreement.
GAP = 10


@dataclass(frozen=True, slots=True)
class Counts:
    """How many wait in each list of the desk."""

    labs: int
    reviews: int
    overdue: int
    gaps: int
    committees: int
    removals: int
    unattended: int
    annulments: int
    dismissals: int


def counts(today: date) -> Counts:
    """Return how many wait in each list. One statement."""
    gaps = _apart().subquery()
    row = db.session.execute(
        select(
            _count(Lab, _unapproved()),
            _count(Review, _sent()),
            _count(Duty, _late(today)),
            select(func.count()).select_from(gaps).scalar_subquery(),
            _count(Committee, _reported()),
            _count(Removal, moderation.awaits_antai()),
            _count(Lab, _unattended()),
            _count(AnnulmentRequest, annulment_queries.waits()),
            _count(Dismissal, dismissal_queries.awaits_antai()),
        )
    ).one()
    return Counts(*row)


def counts_beside(counted: Sequence[ScalarSelect[int]]) -> tuple[int, ...]:
    """Return how many wait in the lists of later rooms. One statement, none without such lists."""
    return tuple(db.session.execute(select(*counted)).one()) if counted else ()


def labs(after: int | None, limit: int) -> Sequence[Lab]:
    """Return the labs that wait for approval, oldest first, after lab id ``after``."""
    query = select(Lab).where(_unapproved(), Lab.id > (after or 0))
    return db.session.scalars(query.order_by(Lab.id).limit(limit)).all()


def labs_without_facilitator(after: int | None, limit: int) -> Sequence[Lab]:
    """Return the labs that go on and that nobody facilitates, oldest first."""
    query = select(Lab).where(_unattended(), Lab.id > (after or 0))
    return db.session.scalars(query.order_by(Lab.id).limit(limit)).all()


def reviews(after: int | None, limit: int) -> Sequence[Row[Review, Thing, Lab]]:
    """Return the reviews in ANTAI's hands, oldest first, after review id ``after``."""
    query = (
        select(Review, Thing, Lab)
        .join(Thing, Thing.id == Review.id)
        .join(Lab, Lab.id == Thing.lab_id)
        .where(_sent(), Review.id > (after or 0))
    )
    return db.session.execute(query.order_by(Review.id).limit(limit)).all()


def overdue(after: int | None, limit: int, today: date) -> Sequence[Row[Duty, Thing, Lab]]:
    """Return what is owed and late in every lab, the longest late first, after duty ``after``."""
    query = (
        select(Duty, Thing, Lab)
        .join(Thing, Thing.id == Duty.thing_id)
        .join(Lab, Lab.id == Duty.lab_id)
        .where(_late(today))
    )
    if after is not None:
        since = select(Duty.due_on).where(Duty.id == after).scalar_subquery()
        query = query.where(or_(Duty.due_on > since, and_(Duty.due_on == since, Duty.id > after)))
    return db.session.execute(query.order_by(Duty.due_on, Duty.id).limit(limit)).all()


def gaps(after: int | None, limit: int) -> Sequence[Row[Agreement, Thing, Lab]]:
    """Return agreements whose two numbers are ``GAP`` points apart or more, oldest first."""
    query = (
        select(Agreement, Thing, Lab)
        .join(Thing, Thing.id == Agreement.id)
        .join(Lab, Lab.id == Thing.lab_id)
        .where(Agreement.id.in_(_apart()), Agreement.id > (after or 0))
    )
    return db.session.execute(query.order_by(Agreement.id).limit(limit)).all()


def committees(after: int | None, limit: int) -> Sequence[Row[Committee, Thing, Lab]]:
    """Return the committees that told ANTAI and wait for its certificate, oldest first."""
    query = (
        select(Committee, Thing, Lab)
        .join(Thing, Thing.id == Committee.id)
        .join(Lab, Lab.id == Thing.lab_id)
        .where(_reported(), Committee.id > (after or 0))
    )
    return db.session.execute(query.order_by(Committee.id).limit(limit)).all()


def removals(after: int | None, limit: int) -> Sequence[Row[Removal, Thing, Lab]]:
    """Return the appeals to hear and the removals that wait for a second voice, oldest first."""
    query = (
        select(Removal, Thing, Lab)
        .join(Thing, Thing.id == Removal.thing_id)
        .join(Lab, Lab.id == Removal.lab_id)
        .where(moderation.awaits_antai(), Removal.id > (after or 0))
    )
    return db.session.execute(query.order_by(Removal.id).limit(limit)).all()


def annulments(after: int | None, limit: int) -> Sequence[Row[AnnulmentRequest, Thing, Lab]]:
    """Return the opened votes that a facilitator asks to annul, oldest first."""
    query = (
        select(AnnulmentRequest, Thing, Lab)
        .join(Thing, Thing.id == AnnulmentRequest.vote_id)
        .join(Lab, Lab.id == Thing.lab_id)
        .where(annulment_queries.waits(), AnnulmentRequest.id > (after or 0))
    )
    return db.session.execute(query.order_by(AnnulmentRequest.id).limit(limit)).all()


def dismissals(after: int | None, limit: int) -> Sequence[Row[Dismissal, Lab]]:
    """Return the appeals of those taken off a list of members, oldest first."""
    query = (
        select(Dismissal, Lab)
        .join(Lab, Lab.id == Dismissal.lab_id)
        .where(dismissal_queries.awaits_antai(), Dismissal.id > (after or 0))
    )
    return db.session.execute(query.order_by(Dismissal.id).limit(limit)).all()


def _count(row: type[Any], waits: ColumnElement[bool]) -> ScalarSelect[int]:
    query = select(func.count()).select_from(row)
    if row is Review:
        query = query.join(Thing, Thing.id == Review.id)
    return query.where(waits).scalar_subquery()


def _unapproved() -> ColumnElement[bool]:
    return and_(Lab.approved_at.is_(None), Lab.stage == Stage.PREPARATION)


def _unattended() -> ColumnElement[bool]:
    return and_(
        Lab.stage.in_(ALIVE),
        ~exists().where(
            Grant.lab_id == Lab.id, Grant.role == Role.FACILITATOR, Grant.ended_at.is_(None)
        ),
    )


def _sent() -> ColumnElement[bool]:
    return and_(Review.validated_at.is_(None), Thing.state == ReviewState.SENT)


def _late(today: date) -> ColumnElement[bool]:
    return and_(duties.is_late(today), Duty.lab_id.is_not(None))


def _reported() -> ColumnElement[bool]:
    return and_(Committee.reported_on.is_not(None), Committee.certified_on.is_(None))


def _apart() -> Any:
    """Return the ids of agreements in force whose means by weight are ``GAP`` apart or more."""
    apart = func.sum(Milestone.weight * (Milestone.declared - Milestone.verified))
    return (
        select(Milestone.agreement_id)
        .join(Agreement, Agreement.id == Milestone.agreement_id)
        .where(Agreement.accepted_on.is_not(None))
        .group_by(Milestone.agreement_id)
        .having(func.abs(apart) >= GAP * func.sum(Milestone.weight))
    )
